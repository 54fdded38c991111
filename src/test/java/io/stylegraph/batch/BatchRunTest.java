package io.stylegraph.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stylegraph.RequestJson;
import io.stylegraph.RunNotes;
import io.stylegraph.Stylizer;
import io.stylegraph.StylizerLimits;
import io.stylegraph.TinyModel;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.image.PictureNotes;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.progress.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches on the tiny model: what is painted, kept, done again and left alone. */
class BatchRunTest {
  private static final long PLENTY = 1L << 40;
  private static final String A = "{'content': 'a.png', 'style': 's.png'}";
  private static final String B = "{'content': 'b.png', 'style': 's.png'}";

  @TempDir private Path temporary;
  private final Stylizer stylizer =
      Stylizer.load(TinyModel.folder(), StylizerLimits.DEFAULT.withConcurrentJobs(2));
  private BatchFolder folder;
  private CancellationToken cancellation = new CancellationToken();
  private IntConsumer onStep = step -> {};

  @BeforeEach
  void begin() {
    folder = new BatchFolder(temporary);
  }

  @AfterEach
  void end() {
    stylizer.close();
  }

  @Test
  void each_job_leaves_picture_log_and_outcome() throws IOException {
    List<JobOutcome> outcomes = run(A, B);
    assertThat(outcomes).extracting(JobOutcome::state).containsExactly(State.DONE, State.DONE);
    assertThat(folder.results())
        .containsExactly("a.json", "a.log.jsonl", "a.png", "b.json", "b.log.jsonl", "b.png");
    JobOutcome a = outcomes.get(0);
    assertThat(JobOutcome.parse(Files.readAllBytes(folder.result("a.json")))).contains(a);
    assertThat(a.picture()).isEqualTo(Outcomes.sha256(Files.readAllBytes(folder.result("a.png"))));
    assertThat(a.steps()).isEqualTo(3);
    assertThat(a.size()).contains(PictureReader.read(folder.result("a.png")).size());
    List<String> log = Files.readAllLines(folder.result("a.log.jsonl"));
    assertThat(log).hasSize(3);
    assertThat(log.get(2)).startsWith("{\"step\":3,\"total\":").contains("\"seconds\":");
    RunNotes notes = RunNotes.read(folder.result("a.png"));
    assertThat(notes.recipe().steps()).isEqualTo(3);
    assertThat(PictureNotes.read(folder.result("a.png")).orElseThrow()).contains("\"a.png\"");
  }

  @Test
  void a_batch_paints_what_a_single_job_paints() {
    run(A);
    var request =
        RequestJson.parse(folder.list(A).jobs().get(0).request(), folder.files()::picture);
    Path alone = folder.file("alone.png");
    stylizer.stylize(request).write(alone);
    assertThat(PictureReader.read(folder.result("a.png")).rgb())
        .isEqualTo(PictureReader.read(alone).rgb());
  }

  @Test
  void what_is_there_is_not_done_again() throws IOException {
    JobOutcome first = run(A).get(0);
    var written = Files.getLastModifiedTime(folder.result("a.png"));
    List<JobOutcome> again = run(A, B);
    assertThat(again).extracting(JobOutcome::state).containsExactly(State.SKIPPED, State.DONE);
    assertThat(again.get(0).losses()).isEqualTo(first.losses()).isPresent();
    assertThat(Files.getLastModifiedTime(folder.result("a.png"))).isEqualTo(written);
    assertThat(run(B, A)).extracting(JobOutcome::state).containsOnly(State.SKIPPED);
  }

  @Test
  void what_changed_is_done_again_and_nothing_else() throws IOException {
    run(A, B);
    PictureWriter.write(TinyModel.picture(34, 32, 9), folder.file("a.png"));
    assertDoneAgain(true, false, A, B);
    assertDoneAgain(false, true, A, B.replace("}", ", 'set': {'steps': 4}}"));
    assertDoneAgain(false, true, A, B);
    PictureWriter.write(TinyModel.picture(40, 33, 9), folder.file("s.png"));
    assertDoneAgain(true, true, A, B);
    Files.move(folder.file("s.png"), folder.file("moved.png"));
    assertDoneAgain(false, false, A.replace("s.png", "moved.png"), B.replace("s.png", "moved.png"));
  }

  @Test
  void a_result_that_is_missing_or_damaged_is_done_again() throws IOException {
    run(A, B);
    Files.delete(folder.result("a.png"));
    assertDoneAgain(true, false, A, B);
    Files.writeString(folder.result("b.png"), "torn");
    assertDoneAgain(false, true, A, B);
    Files.writeString(folder.result("a.json"), "{\"name\": \"a\", \"sta");
    assertDoneAgain(true, false, A, B);
    Files.delete(folder.result("b.json"));
    assertDoneAgain(false, true, A, B);
  }

  @Test
  void another_model_makes_another_key() {
    BatchJob job = folder.list(A).jobs().get(0);
    assertThat(JobKey.of(job, folder.files(), "one"))
        .isEqualTo(JobKey.of(job, new LocalFiles(folder.file("elsewhere")), "one"))
        .isNotEqualTo(JobKey.of(job, folder.files(), "other"));
  }

  @Test
  void jobs_that_are_wrong_or_fail_harm_no_other() throws IOException {
    Files.writeString(folder.file("cut.png"), "x");
    byte[] whole = Files.readAllBytes(folder.file("a.png"));
    Files.write(folder.file("torn.png"), Arrays.copyOf(whole, whole.length / 2));
    List<JobOutcome> outcomes =
        run(
            "{'content': 'absent.png', 'style': 's.png'}",
            "{'content': 'cut.png', 'style': 's.png'}",
            "{'content': 'torn.png', 'style': 's.png'}",
            "{'content': 'a.png', 'style': 's.png', 'set': {'styleWeight': 1e38}, 'output': 'inf.png'}",
            "{'content': 'a.png', 'style': 's.png', 'size': 8, 'output': 'small.png'}",
            "{'content': 'a.png', 'style': 's.png', 'set': {'contentLayers.block4_conv2': 1},"
                + " 'output': 'layer.png'}",
            B);
    assertThat(outcomes)
        .extracting(JobOutcome::output, JobOutcome::state)
        .containsExactly(
            tuple("absent.png", State.REFUSED),
            tuple("cut.png", State.REFUSED),
            tuple("torn.png", State.REFUSED),
            tuple("inf.png", State.FAILED),
            tuple("small.png", State.REFUSED),
            tuple("", State.REFUSED),
            tuple("b.png", State.DONE));
    assertThat(outcomes.get(0).error()).endsWith("absent.png: does not exist; check the path");
    assertThat(outcomes.get(2).error()).contains("torn.png: is cut short or damaged");
    assertThat(outcomes.get(3).error())
        .isEqualTo("step 1: the loss is Infinity; try smaller weights or a smaller learning rate");
    assertThat(outcomes.get(4).error()).contains("and the layers used need at least");
    assertThat(folder.results()).doesNotContain("inf.png", "small.png").contains("inf.json");
    assertThat(JobOutcome.parse(Files.readAllBytes(folder.result("inf.json"))))
        .contains(outcomes.get(3));
  }

  @Test
  void a_failed_job_is_tried_again() throws IOException {
    Files.createDirectory(folder.result("a.png"));
    JobOutcome failed = run(A, B).get(0);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.error()).contains("a.png").contains("cannot be");
    Files.delete(folder.result("a.png"));
    assertDoneAgain(true, false, A, B);
  }

  @Test
  void a_job_that_wants_more_memory_than_there_is_is_refused_before_any_begins() {
    long little = 700_000_000;
    JobList list = folder.list(A.replace("}", ", 'set': {'optimizer.kind': 'lbfgs'}}"), B);
    BatchPlan roomy = BatchPlan.of(list, folder.files(), stylizer, little);
    assertThat(roomy.pending()).hasSize(2);
    long between = roomy.pending().get(1).size().bytes();
    BatchPlan tight = BatchPlan.of(list, folder.files(), stylizer, between);
    assertThat(tight.pending()).extracting(it -> it.job().name()).containsExactly("b");
    assertThat(tight.settled()).hasSize(1);
    assertThat(tight.settled().get(0).state()).isEqualTo(State.REFUSED);
    assertThat(tight.settled().get(0).error())
        .startsWith("a 34x32 picture with a 40x33 style needs about 0.7 GB of memory and 0.7 GB");
  }

  @Test
  void a_cancelled_batch_keeps_what_is_done_and_leaves_nothing_of_the_rest() {
    String c = "{'content': 'b.png', 'style': 's.png', 'output': 'c.png', 'set': {'steps': 5}}";
    run(A);
    onStep =
        step -> {
          if (step == 2) {
            cancellation.cancel();
          }
        };
    List<JobOutcome> outcomes = run(1, A, c, B);
    assertThat(outcomes)
        .extracting(JobOutcome::state)
        .containsExactly(State.SKIPPED, State.CANCELLED, State.CANCELLED);
    assertThat(folder.results()).containsExactly("a.json", "a.log.jsonl", "a.png");
    onStep = step -> {};
    cancellation = new CancellationToken();
    assertThat(run(A, c, B))
        .extracting(JobOutcome::state)
        .containsExactly(State.SKIPPED, State.DONE, State.DONE);
  }

  @Test
  void an_interrupted_job_is_cancelled_and_leaves_nothing() {
    BatchJob job = folder.list(A).jobs().get(0);
    Thread.currentThread().interrupt();
    JobOutcome outcome = new JobPainter(stylizer, folder.files()).paint(job, RunOptions.none());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.state()).isEqualTo(State.CANCELLED);
    assertThat(folder.results()).isEmpty();
  }

  @Test
  void an_attempt_that_comes_second_keeps_the_firsts_result() throws IOException {
    BatchJob job = folder.list(A).jobs().get(0);
    JobPainter painter = new JobPainter(stylizer, folder.files());
    List<JobOutcome> faster = new ArrayList<>();
    JobOutcome slower =
        painter.paint(
            job,
            RunOptions.none()
                .withListener(
                    report -> {
                      if (report.step() == 3) {
                        faster.add(painter.paint(job, RunOptions.none()));
                      }
                    }));
    assertThat(faster.get(0).state()).isEqualTo(State.DONE);
    assertThat(slower.state()).isEqualTo(State.SKIPPED);
    assertThat(slower.picture()).isEqualTo(faster.get(0).picture());
  }

  @Test
  void the_table_tells_all() throws IOException {
    List<JobOutcome> outcomes =
        run(
            "{'content': 'a,b.png', 'style': 's.png'}",
            "{'content': 'a.png', 'style': 's.png', 'x,y': 1}",
            B);
    Outcomes.writeTable(outcomes, folder.files());
    List<String> lines = Files.readAllLines(folder.result("outcomes.csv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .isEqualTo("name,output,state,seconds,steps,total,content,style,tv,width,height,error");
    assertThat(lines.get(1)).startsWith("\"a,b\",\"a,b.png\",refused,0.000,0,,,,,,,");
    assertThat(lines.get(2)).startsWith("line 2,,refused,0.000,0,,,,,,,\"x,y is unknown; ");
    assertThat(lines.get(3)).matches("b,b.png,done,[0-9.]+,3,([0-9.e+-]+,){4}36,33,");
  }

  private void assertDoneAgain(boolean a, boolean b, String... lines) {
    assertThat(run(lines))
        .extracting(JobOutcome::state)
        .containsExactly(a ? State.DONE : State.SKIPPED, b ? State.DONE : State.SKIPPED);
  }

  private List<JobOutcome> run(String... lines) {
    return run(2, lines);
  }

  /** Each run reads the files anew, as another process would. */
  private List<JobOutcome> run(int atOnce, String... lines) {
    folder = folder.again();
    JobList list = folder.list(lines);
    BatchPlan plan = BatchPlan.of(list, folder.files(), stylizer, PLENTY);
    BatchListener listener =
        new BatchListener() {
          @Override
          public void onStep(BatchJob job, int step, int steps) {
            onStep.accept(step);
          }

          @Override
          public void onEnd(BatchJob job, JobOutcome outcome) {}
        };
    List<JobOutcome> outcomes = new ArrayList<>(plan.settled());
    outcomes.addAll(
        new BatchRun(new JobPainter(stylizer, folder.files()), atOnce, listener)
            .run(plan.pending(), cancellation));
    return list.inOrder(outcomes);
  }
}
