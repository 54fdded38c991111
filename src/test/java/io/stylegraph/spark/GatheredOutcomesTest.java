package io.stylegraph.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.stylegraph.JobSize;
import io.stylegraph.batch.BatchJob;
import io.stylegraph.batch.BatchListener;
import io.stylegraph.batch.JobOutcome;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.batch.LocalFiles;
import io.stylegraph.batch.PlannedJob;
import io.stylegraph.image.PictureSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatheredOutcomesTest {
  private static final BatchJob A = new BatchJob(1, "a", "{}", "a.png");
  private static final BatchJob B = new BatchJob(2, "b", "{}", "b.png");

  @TempDir private Path folder;

  private final List<String> heard = new ArrayList<>();
  private LocalFiles files;
  private GatheredOutcomes outcomes;

  @BeforeEach
  void gather() {
    files = new LocalFiles(folder);
    outcomes =
        new GatheredOutcomes(
            List.of(planned(A), planned(B)),
            files,
            new BatchListener() {
              @Override
              public void onStep(BatchJob job, int step, int steps) {
                heard.add("%s %d/%d".formatted(job.name(), step, steps));
              }

              @Override
              public void onEnd(BatchJob job, JobOutcome outcome) {
                heard.add("%s %s".formatted(job.name(), outcome.state()));
              }
            });
  }

  @Test
  void each_job_ends_once_however_often_its_outcome_comes() {
    String failed = ended(B, State.FAILED);
    outcomes.take(List.of(failed));
    outcomes.take(List.of(failed, ended(A, State.REFUSED), ended(B, State.FAILED)));
    assertThat(heard).containsExactly("b FAILED", "a REFUSED");
    assertThat(outcomes.all())
        .extracting(JobOutcome::state)
        .containsExactly(State.REFUSED, State.FAILED);
  }

  @Test
  void what_has_not_ended_was_cancelled() {
    outcomes.take(List.of(ended(B, State.FAILED)));
    assertThat(outcomes.all())
        .extracting(JobOutcome::state)
        .containsExactly(State.CANCELLED, State.FAILED);
  }

  @Test
  void what_ended_unheard_is_found_in_the_store() {
    byte[] picture = {1, 2, 3};
    files.writeWhole(A.output(), picture);
    files.writeWhole(A.outcome(), done(A, Hashing.sha256().hashBytes(picture).toString()));
    files.writeWhole(B.output(), picture);
    files.writeWhole(B.outcome(), done(B, "of another file"));
    assertThat(outcomes.all())
        .extracting(JobOutcome::state)
        .containsExactly(State.DONE, State.CANCELLED);
  }

  @Test
  void steps_are_passed_on_by_output() {
    outcomes.count(new StepCount("b.png", 3, 10));
    outcomes.count(new StepCount("other.png", 3, 10));
    assertThat(heard).containsExactly("b 3/10");
  }

  private static String ended(BatchJob job, State state) {
    return JobOutcome.without(job, state, "", 0, "so it is").json();
  }

  private static byte[] done(BatchJob job, String checksum) {
    return ended(job, State.DONE)
        .replace("\"picture\":\"\"", "\"picture\":\"" + checksum + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static PlannedJob planned(BatchJob job) {
    PictureSize size = new PictureSize(8, 8);
    return new PlannedJob(job, "", new JobSize(size, 10, 0));
  }
}
