package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** With 1000 bytes free at first, and 100 that jobs need together. */
class JobMemoryTest {
  private static final LongConsumer ANY = available -> {};

  private final AtomicLong free = new AtomicLong(1000);
  private final JobMemory memory = new JobMemory(100, free::get);

  @Test
  void jobs_are_added_up_and_the_base_counts_once() {
    assertThat(memory.fits(500, ANY)).isTrue();
    memory.take(500);
    assertThat(memory.fits(400, ANY)).isTrue();
    assertThat(memory.fits(401, ANY)).isFalse();
    memory.giveBack(500);
    assertThat(memory.fits(900, ANY)).isTrue();
  }

  @Test
  void what_running_jobs_took_of_their_share_does_not_count_twice() {
    assertThat(memory.fits(500, ANY)).isTrue();
    memory.take(500);
    free.set(450);
    assertThat(memory.fits(400, ANY)).isTrue();
  }

  @Test
  void what_another_program_took_meanwhile_counts() {
    assertThat(memory.fits(500, ANY)).isTrue();
    memory.take(500);
    free.set(399);
    assertThat(memory.fits(400, ANY)).isFalse();
  }

  @Test
  void a_job_is_refused_by_what_it_would_have_alone() {
    assertThat(memory.fits(500, available -> assertThat(available).isEqualTo(1000))).isTrue();
    memory.take(500);
    free.set(10);
    assertThat(memory.fits(1, available -> assertThat(available).isEqualTo(1000))).isTrue();
    IllegalStateException never = new IllegalStateException("never");
    assertThatThrownBy(
            () ->
                memory.fits(
                    1,
                    available -> {
                      throw never;
                    }))
        .isSameAs(never);
    memory.giveBack(500);
    assertThat(memory.fits(1, available -> assertThat(available).isEqualTo(10))).isTrue();
  }
}
