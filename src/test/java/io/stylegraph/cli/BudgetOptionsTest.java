package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run may take: asked, and kept to. */
class BudgetOptionsTest {
  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
  }

  @Test
  void a_dry_run_says_steps_time_and_memory_and_runs_nothing() {
    CliRun run = job.with("--output", job.file("new.png")).stylize("--dry-run");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    assertThat(run.errLines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("steps   3, the last ones at 34x32"),
            line -> assertThat(line).matches("time    about .* s; .* s a step at that size"),
            line -> assertThat(line).matches("memory  about .* GB at its peak; .* GB are free"));
    assertThat(Files.exists(job.file("new.png"))).isFalse();
  }

  @Test
  void a_run_that_would_take_longer_ends_in_time_with_its_best_picture() {
    CliRun run = job.with("--steps", 1_000_000).with("--time-limit", "4s").stylize();
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    assertThat(run.err()).contains("wrote");
    assertThat(PictureReader.read(job.file("out.png")).width()).isEqualTo(34);
  }

  @Test
  void a_limit_shorter_than_one_step_is_refused() {
    job.with("--time-limit", "0.001s")
        .refused("time limit (0.001s) is shorter than one step, which takes about");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "m", "-5m", "0s", "soon", "5 m"})
  void limits_that_are_no_time(String limit) {
    job.with("--time-limit", limit)
        .refused("time limit (" + limit + ") must be a time as in 90s, 5m or 1h30m");
  }

  @Test
  void a_size_that_fits_is_at_most_the_one_asked_for() {
    PictureWriter.write(TinyModel.picture(80, 60, 1), job.file("content.png"));
    CliRun run = job.with("--size", 50).stylize("--fit");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    assertThat(run.err()).contains("size    50 is the largest that fits");
    Picture written = PictureReader.read(job.file("out.png"));
    assertThat(Math.max(written.width(), written.height())).isEqualTo(50);
  }

  @Test
  void where_no_size_fits_it_is_said() {
    job.with("--steps", 1_000_000).with("--time-limit", "3s").with("--fit", "");
    CliRun run = job.without("--fit").stylize("--fit");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("no size fits the free memory and the time limit (3s)");
  }
}
