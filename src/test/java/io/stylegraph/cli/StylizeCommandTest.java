package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code stylize} by its options, on the tiny model. */
class StylizeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
  }

  @ParameterizedTest
  @CsvSource({"out.png, 89504E47", "out.jpg, FFD8FF", "out.JPEG, FFD8FF"})
  void the_ending_chooses_the_format(String name, String firstBytes) throws IOException {
    job.with("--output", job.file(name)).stylized();
    byte[] written = Files.readAllBytes(job.file(name));
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < firstBytes.length() / 2; i++) {
      hex.append("%02X".formatted(written[i]));
    }
    assertThat(hex).hasToString(firstBytes);
    Picture picture = PictureReader.read(job.file(name));
    assertThat(picture.width()).isEqualTo(34);
    assertThat(picture.height()).isEqualTo(32);
    assertThat(names()).containsExactlyInAnyOrder("content.png", "style.png", name);
  }

  @Test
  void what_is_run_is_said_before_the_first_step() {
    CliRun run = job.stylized();
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines().subList(0, 2))
        .containsExactly(
            "model   tiny-vgg: vgg19, random weights (He-normal kernels and normal biases,"
                + " NumPy default_rng(3); Apache-2.0)",
            "recipe  tf-eager: 3 steps of adam at 10.0");
    assertThat(run.errLines().get(2)).startsWith("runs on ").contains("fp32", "TensorFlow 2.");
    assertThat(run.errLines().get(3)).startsWith("step 1/3  total ");
    assertThat(run.err()).contains("wrote " + job.file("out.png") + " after 3 steps: from total ");
  }

  @Test
  void the_log_has_a_line_for_each_step() throws IOException {
    job.with("--log", job.file("log.jsonl")).with("--steps", 4).stylized();
    List<String> lines = Files.readAllLines(job.file("log.jsonl"));
    assertThat(lines).hasSize(4);
    double seconds = 0;
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = JSON.readTree(lines.get(i));
      assertThat(ImmutableList.copyOf(line.fieldNames()))
          .containsExactly("step", "total", "content", "style", "tv", "seconds");
      assertThat(line.get("step").isInt()).isTrue();
      assertThat(line.get("step").asInt()).isEqualTo(i + 1);
      double total = line.get("total").asDouble();
      double sum =
          Stream.of("content", "style", "tv").mapToDouble(it -> line.get(it).asDouble()).sum();
      assertThat(total).isPositive().isCloseTo(sum, within(1e-5 * sum));
      assertThat(line.get("seconds").asDouble()).isGreaterThan(seconds);
      seconds = line.get("seconds").asDouble();
    }
    assertThat(JSON.readTree(lines.get(0)).get("content").asDouble()).isZero();
  }

  @Test
  void an_existing_log_is_replaced() throws IOException {
    Files.writeString(job.file("log.jsonl"), "old\n".repeat(50));
    job.with("--log", job.file("log.jsonl")).stylized();
    assertThat(Files.readAllLines(job.file("log.jsonl"))).hasSize(3).doesNotContain("old");
  }

  @Test
  void weights_left_at_zero_leave_their_terms_out() throws IOException {
    job.with("--log", job.file("log.jsonl")).with("--content-weight", 0).with("--tv-weight", 0);
    job.stylized();
    for (String line : Files.readAllLines(job.file("log.jsonl"))) {
      assertThat(JSON.readTree(line).get("content").asDouble()).isZero();
      assertThat(JSON.readTree(line).get("tv").asDouble()).isZero();
      assertThat(JSON.readTree(line).get("style").asDouble()).isPositive();
    }
  }

  @Test
  void total_variation_alone_needs_no_layer() {
    job.with("--content-weight", 0).with("--style-weight", 0).with("--tv-weight", 1).stylized();
  }

  @Test
  void pictures_of_steps_are_named_by_them() throws IOException {
    job.with("--steps", 5).with("--save-every", 2).stylized();
    assertThat(names())
        .containsExactlyInAnyOrder(
            "content.png", "style.png", "out.png", "out-000002.png", "out-000004.png");
    assertThat(pixels("out-000002.png")).isNotEqualTo(pixels("out-000004.png"));
  }

  @Test
  void saving_less_often_than_there_are_steps_saves_none() throws IOException {
    job.with("--save-every", 10).stylized();
    assertThat(names()).containsExactlyInAnyOrder("content.png", "style.png", "out.png");
  }

  @Test
  void the_sheet_is_a_picture_of_its_own() {
    CliRun run = job.with("--sheet", job.file("sheet.jpg")).stylized();
    Picture sheet = PictureReader.read(job.file("sheet.jpg"));
    assertThat(sheet.width()).isGreaterThan(3 * 34);
    assertThat(run.err()).contains("wrote " + job.file("sheet.jpg"));
  }

  @Test
  void noise_follows_the_seed() throws IOException {
    // So little a rate that the result is still the noise.
    job.with("--init", "noise").with("--seed", 1).with("--learning-rate", 0.01).stylized();
    float[] first = pixels("out.png");
    job.with("--output", job.file("again.png")).stylized();
    assertThat(pixels("again.png")).isEqualTo(first);
    job.with("--seed", 2).stylized();
    assertThat(pixels("again.png")).isNotEqualTo(first);
  }

  @Test
  void the_start_may_be_any_picture() throws IOException {
    job.with("--learning-rate", 0.001).with("--steps", 1);
    job.with("--init", "content").stylized();
    assertThat(pixels("out.png")).isEqualTo(pixels("content.png"));
    job.with("--init", job.file("content.png")).stylized();
    assertThat(pixels("out.png")).isEqualTo(pixels("content.png"));
    job.with("--init", "style").stylized();
    assertThat(pixels("out.png")).isNotEqualTo(pixels("content.png"));
    float[] fromStyle = pixels("out.png");
    job.with("--init", job.file("style.png")).stylized();
    assertThat(pixels("out.png")).isEqualTo(fromStyle);
  }

  @ParameterizedTest
  @CsvSource({"0, 34, 32", "33, 33, 31", "20, 20, 19", "34, 34, 32", "5000, 34, 32"})
  void size_bounds_the_longer_side_and_never_enlarges(int size, int width, int height) {
    job.with("--size", size).stylized();
    Picture picture = PictureReader.read(job.file("out.png"));
    assertThat(List.of(picture.width(), picture.height())).containsExactly(width, height);
  }

  @Test
  void a_loss_that_is_not_finite_from_the_first_step_leaves_all_as_it_was() throws IOException {
    Files.writeString(job.file("out.png"), "an earlier result");
    CliRun run = job.with("--style-weight", "1e38").with("--log", job.file("log.jsonl")).stylize();
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines()).filteredOn(line -> line.startsWith("stylegraph:")).hasSize(1);
    assertThat(run.errLines().get(run.errLines().size() - 1))
        .startsWith("stylegraph: step 1: the loss is Infinity; try smaller weights");
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(job.file("out.png")).hasContent("an earlier result");
    assertThat(names()).containsExactlyInAnyOrder("content.png", "style.png", "out.png");
  }

  @Test
  void a_loss_that_turns_infinite_later_leaves_the_best_picture_and_says_so() throws IOException {
    // The first step's style loss is within floats; what bold updates make of it is not.
    job.with("--style-weight", "1e31").with("--learning-rate", 255).with("--steps", 20);
    CliRun run = job.with("--log", job.file("log.jsonl")).stylize();
    int steps = Files.readAllLines(job.file("log.jsonl")).size();
    assertThat(steps).isBetween(1, 19);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errLines().get(run.errLines().size() - 1))
        .startsWith("stylegraph: the loss of step " + (steps + 1) + " was not finite")
        .contains("three resets with smaller steps had not helped")
        .contains("try smaller weights, a smaller learning rate or --optimizer lbfgs");
    assertThat(run.err()).contains("wrote " + job.file("out.png") + " after " + steps + " steps");
    assertThat(PictureReader.read(job.file("out.png")).width()).isEqualTo(34);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "lbfgs"})
  void the_optimizer_may_be_chosen(String optimizer) {
    CliRun run = job.with("--optimizer", optimizer).stylized();
    assertThat(run.err()).contains("3 steps of " + optimizer);
  }

  /** Recipe, then the options of their own, then {@code --set} in its order. */
  @Test
  void a_file_then_options_then_set_make_the_recipe() throws IOException {
    Path file =
        Files.writeString(
            job.file("my.json"),
            """
            {"base": "tf-eager", "name": "mine", "steps": 9,
             "optimizer": {"kind": "lbfgs", "learningRate": 0.5}}""");
    job.without("--steps").with("--recipe", file);
    assertThat(job.stylized().err()).contains("recipe  mine: 9 steps of lbfgs at 0.5");
    assertThat(job.with("--steps", 3).stylized().err()).contains("mine: 3 steps of lbfgs");
    CliRun run = job.stylize("--set", "steps=5", "--set", "optimizer.kind=adam", "--set=steps=2");
    assertThat(run.err()).contains("recipe  mine: 2 steps of adam at 10.0", " after 2 steps");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void a_recipe_shown_as_json_runs_as_the_recipe() throws IOException {
    float[] named = written("--recipe", "tf-tutorial");
    String json = CliRun.of("recipes", "--show", "tf-tutorial", "--json").out();
    Path file = Files.writeString(job.file("my.json"), json);
    assertThat(written("--recipe", file.toString())).isEqualTo(named);
    assertThat(written("--recipe", file.toString(), "--set", "styleLayers.block1_conv1=50"))
        .isNotEqualTo(named);
  }

  private float[] written(String... more) {
    CliRun run = job.stylize(more);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    return pixels("out.png");
  }

  private float[] pixels(String name) {
    return PictureReader.read(job.file(name)).rgb();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
