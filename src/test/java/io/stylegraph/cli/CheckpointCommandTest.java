package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.TinyModel;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.image.PictureReader;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --checkpoint-every}, {@code --checkpoint} and {@code --resume}. */
class CheckpointCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private TestJob job;
  private Path checkpoint;

  @BeforeEach
  void begin() {
    job = new TestJob(folder).with("--steps", 6).with("--precision", "fp32");
    checkpoint = job.file("out.png.checkpoint");
  }

  @Test
  void the_checkpoint_of_a_run_that_is_done_is_removed() throws IOException {
    job.with("--checkpoint-every", 2).stylized();
    assertThat(names()).containsExactlyInAnyOrder("content.png", "style.png", "out.png");
  }

  @Test
  void a_run_goes_on_with_its_log_and_its_steps() throws IOException {
    Path log = job.file("log.jsonl");
    job.with("--log", log).stylized();
    List<JsonNode> whole = lines(log);
    stopAfter(3);
    // The run had gone on for two steps after the checkpoint, and died in the midst of a line.
    String fiveSteps = String.join("\n", Files.readAllLines(log).subList(0, 5));
    Files.writeString(log, fiveSteps + "\n{\"step\":6,\"tot");

    CliRun run = job.with("--resume", checkpoint).with("--checkpoint-every", 2).stylized();
    assertThat(run.err()).contains("wrote " + job.file("out.png") + " after 6 steps");
    List<JsonNode> resumed = lines(log);
    assertThat(resumed).extracting(it -> it.get("step").asInt()).containsExactly(1, 2, 3, 4, 5, 6);
    for (int i = 0; i < 6; i++) {
      double total = whole.get(i).get("total").asDouble();
      assertThat(resumed.get(i).get("total").asDouble()).isCloseTo(total, within(1e-4 * total));
    }
    assertThat(resumed.subList(0, 3)).isEqualTo(whole.subList(0, 3));
    assertThat(checkpoint).doesNotExist();
    assertThat(PictureReader.read(job.file("out.png")).width()).isEqualTo(34);
  }

  @Test
  void a_checkpoint_may_lie_anywhere_and_is_kept_by_a_run_that_writes_none() throws IOException {
    stopAfter(3);
    Path elsewhere = Files.move(checkpoint, job.file("elsewhere"));
    job.with("--resume", elsewhere).stylized();
    assertThat(elsewhere).exists();
    job.with("--checkpoint", job.file("other")).with("--checkpoint-every", 1).stylized();
    assertThat(elsewhere).exists();
    assertThat(job.file("other")).doesNotExist();
  }

  @Test
  void what_a_killed_program_left_is_cleaned_up() throws IOException {
    stopAfter(3);
    Path half = job.file(".out.png.checkpoint.tmp");
    Files.writeString(half, "half");
    job.with("--resume", checkpoint).stylized();
    assertThat(half).doesNotExist();
    assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void checkpoints_that_are_no_use_are_refused_before_anything_is_computed() throws IOException {
    stopAfter(3);
    job.with("--resume", job.file("absent")).refused("absent: does not exist; check the path");
    job.with("--resume", job.file("style.png")).refused("style.png: is no checkpoint; name a file");
    job.with("--resume", checkpoint).with("--steps", 7);
    job.refused("is of a run with another recipe (steps was 6 and is 7); give the same settings");
    job.with("--steps", 6).with("--size", 20).refused("content was 34x32, and is 20x19 now");
    job.without("--size").with("--style", job.file("content.png"));
    job.refused("style-1 was 40x33, and is 34x32 now; give the same pictures");
    Files.write(checkpoint, new byte[] {1, 2, 3});
    job.refused("is no checkpoint");
  }

  /** Its weights are measured anew, and must not part from the checkpoint's by rounding. */
  @Test
  void a_run_with_a_strength_goes_on_with_the_weights_that_it_had() throws IOException {
    stopAfter(3, request().withStrength(0.5));
    job.with("--resume", checkpoint).with("--strength", 0.6);
    CliRun other = job.stylize();
    assertThat(other.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(other.err()).contains("is of a run with another recipe (contentWeight was ");
    job.with("--strength", 0.5).stylized();
  }

  @Test
  void settings_that_make_no_sense() throws IOException {
    job.with("--checkpoint", job.file("run")).refused("needs --checkpoint-every N too");
    job.with("--checkpoint-every", 0).refused("checkpointEvery (0) must be from 1 to 1000000");
    job.with("--checkpoint-every", 1).with("--checkpoint", job.file("out.png"));
    job.refused("checkpoint (" + job.file("out.png") + ") is the same file as the output");
    job.with("--checkpoint", job.file("absent/run")).refused("cannot be written");
    job.with("--checkpoint", job.file("style.png")).refused("the output is the input");
    stopAfter(3);
    job.without("--checkpoint").with("--resume", checkpoint).with("--log", checkpoint);
    job.refused("the output is the input " + checkpoint);
  }

  private StyleTransferRequest request() {
    return StyleTransferRequest.of(
            PictureSource.of(job.file("content.png")), PictureSource.of(job.file("style.png")))
        .withRecipe(Recipes.TF_EAGER.toBuilder().steps(6).build())
        .withCompute(new ComputeSettings(Device.CPU, Precision.FP32));
  }

  private void stopAfter(int step) {
    stopAfter(step, request());
  }

  /** Leaves the checkpoint that the job's run would, stopped after a step. */
  private void stopAfter(int step, StyleTransferRequest request) {
    CancellationToken token = new CancellationToken();
    RunOptions options =
        RunOptions.none()
            .withCheckpoints(1000, checkpoint)
            .withCancellation(token)
            .withListener(
                report -> {
                  if (report.step() == step) {
                    token.cancel();
                  }
                });
    try (Stylizer stylizer = Stylizer.load(TinyModel.folder())) {
      stylizer.stylize(request, options);
    }
  }

  private static List<JsonNode> lines(Path log) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }
}
