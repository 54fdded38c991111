package io.stylegraph.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.JobSize;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.image.PictureSize;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a batch is, by a clock of our own. */
class BatchProgressTest {
  private final BatchJob small = new BatchJob(1, "a", "", "a.png");
  private final BatchJob large = new BatchJob(2, "b", "", "b.png");
  private long nanos;
  private final BatchProgress progress =
      new BatchProgress(List.of(planned(small, 10), planned(large, 20)), () -> nanos);

  @Test
  void time_left_goes_by_pixels_and_steps() {
    assertThat(progress.text()).endsWith("unknown time left");
    nanos = 10_000_000_000L;
    progress.onStep(small, 50, 100);
    // Half of the small one is a tenth of 100 + 400.
    assertThat(progress.secondsLeft()).isEqualTo(90);
    progress.onStep(large, 25, 100);
    assertThat(progress.secondsLeft()).isEqualTo(10 * (500 - 150) / 150.0);
    assertThat(progress.text()).isEqualTo("jobs 0/2  step 75/200  7.50 steps/s  23.3 s left");
  }

  @Test
  void a_job_that_ended_early_leaves_nothing_to_do() {
    nanos = 10_000_000_000L;
    progress.onStep(small, 30, 100);
    progress.onEnd(small, JobOutcome.without(small, State.FAILED, "", 1, "x"));
    assertThat(progress.ended()).isEqualTo(1);
    assertThat(progress.step()).isEqualTo(30);
    assertThat(progress.steps()).isEqualTo(130);
    assertThat(progress.secondsLeft()).isEqualTo(40);
    progress.onEnd(large, JobOutcome.without(large, State.FAILED, "", 1, "x"));
    assertThat(progress.secondsLeft()).isZero();
    assertThat(progress.text()).startsWith("jobs 2/2  step 30/30  ");
  }

  @Test
  void steps_that_turn_out_to_be_more_are_counted() {
    nanos = 1_000_000_000L;
    progress.onStep(small, 100, 200);
    assertThat(progress.steps()).isEqualTo(300);
    assertThat(progress.secondsLeft()).isEqualTo(9);
  }

  private static PlannedJob planned(BatchJob job, int side) {
    PictureSize size = new PictureSize(side, side);
    return new PlannedJob(job, "", new JobSize(size, 100, 0));
  }
}
