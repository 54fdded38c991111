package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A short soak on the tiny model; `make soak` is the long one. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class SoakTest {
  @Test
  void forty_jobs_of_all_kinds_end_as_they_should_and_leave_nothing_behind()
      throws InterruptedException {
    assertThat(new Soak(TinyModel.folder(), 40, row -> {}).run()).isEmpty();
  }
}
