package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import io.stylegraph.TinyKeras;
import io.stylegraph.TinyModel;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evaluate}, {@code recipes}, {@code inspect}, help and version. */
class OtherCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void evaluate_gives_the_losses_of_a_picture() throws IOException {
    TestJob job = evaluation("content.png");
    JsonNode losses = JSON.readTree(succeeded(job.run("evaluate", "--json")).out());
    assertThat(ImmutableList.copyOf(losses.fieldNames()))
        .containsExactly("total", "content", "style", "tv");
    double sum = losses.get("style").asDouble() + losses.get("tv").asDouble();
    assertThat(losses.get("content").asDouble()).isZero();
    assertThat(losses.get("total").asDouble()).isCloseTo(sum, within(1e-5 * sum));
    JsonNode ofStyle =
        JSON.readTree(succeeded(evaluation("style.png").run("evaluate", "--json")).out());
    assertThat(ofStyle.get("content").asDouble()).isPositive();
    assertThat(succeeded(job.run("evaluate")).out()).startsWith("total ").hasLineCount(1);
  }

  @Test
  void the_gradient_is_an_array_that_numpy_reads() throws IOException {
    TestJob job = evaluation("style.png").with("--gradient", folder.resolve("g.npy"));
    succeeded(job.run("evaluate"));
    byte[] file = Files.readAllBytes(folder.resolve("g.npy"));
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(file, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
    int header = bytes.getShort(8);
    assertThat((10 + header) % 64).isZero();
    assertThat(new String(file, 10, header, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (32, 34, 3,), }")
        .endsWith("\n");
    assertThat(file).hasSize(10 + header + 32 * 34 * 3 * Float.BYTES);
    double norm = 0;
    for (int at = 10 + header; at < file.length; at += Float.BYTES) {
      assertThat(bytes.getFloat(at)).isFinite();
      norm += Math.abs(bytes.getFloat(at));
    }
    assertThat(norm).isPositive();
  }

  @Test
  void help_says_when_auto_is_bf16() {
    assertThat(succeeded(CliRun.of("stylize", "--help")).out().replaceAll("\\s+", " "))
        .contains("--precision=auto|fp32|bf16")
        .contains("agrees with fp32 within 1 %, else fp32; fp32 in compare.");
  }

  @Test
  void a_recipe_is_shown_as_a_sheet() {
    assertThat(succeeded(CliRun.of("recipes", "--show", "tf-eager")).out())
        .startsWith("tf-eager: Gram matrices of five layers")
        .contains(Recipes.TF_EAGER.source())
        .contains("  formula        Gram matrices F'F/(h w), mean squared difference\n")
        .contains("  block1_conv1   0.2\n  block2_conv1   0.2\n", "  block5_conv2   1\n")
        .contains(
            "  learning rate  10\n",
            "  epsilon        1e-8\n",
            "clipped to the pixels' range after each")
        .endsWith("  result         the picture of the lowest total\n");
    assertThat(succeeded(CliRun.of("recipes", "--show", "gatys")).out())
        .contains("F'F, mean squared difference, divided by 4 (h w)^2", "half the sum of squared")
        .contains("0, left out", "history        50 pairs", "white noise");
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_sheet_tells_every_part(String name) {
    Recipe recipe = Recipes.named(name);
    String sheet = succeeded(CliRun.of("recipes", "--show", name)).out();
    assertThat(sheet)
        .isEqualTo(sheet.replaceAll("[^\\x20-\\x7e\\n]", "?"))
        .contains(recipe.summary(), recipe.source(), recipe.steps() + ", shown every ")
        .contains(Numbers.exact(recipe.styleWeight()), Numbers.exact(recipe.contentWeight()));
    recipe.styleLayers().forEach(it -> assertThat(sheet).contains("  " + it.layer()));
    assertThat(sheet.lines()).allMatch(line -> line.length() <= 120);
  }

  private static Stream<String> names() {
    return Recipes.all().stream().map(Recipe::name);
  }

  @Test
  void a_recipe_is_shown_as_the_file_it_can_be_read_from() throws IOException {
    String json = succeeded(CliRun.of("recipes", "--show", "udacity", "--json")).out();
    Path file = Files.writeString(folder.resolve("my.json"), json);
    assertThat(RecipeFile.read(file)).isEqualTo(Recipes.UDACITY);
    assertThat(succeeded(CliRun.of("recipes", "--show", file.toString())).out())
        .isEqualTo(succeeded(CliRun.of("recipes", "--show", "udacity")).out());
  }

  @Test
  void recipes_are_listed_as_a_table() throws IOException {
    String list = succeeded(CliRun.of("recipes")).out();
    JsonNode all = JSON.readTree(succeeded(CliRun.of("recipes", "--json")).out());
    assertThat(all).hasSameSizeAs(Recipes.all());
    assertThat(list.lines()).hasSize(Recipes.all().size() + 2).allMatch(it -> it.length() <= 120);
    int i = 0;
    for (Recipe recipe : Recipes.all()) {
      assertThat(list)
          .containsPattern(
              "(?m)^%s  .* %d  %s$"
                  .formatted(recipe.name(), recipe.allSteps(512), Settings.word(recipe.start())));
      JsonNode json = all.get(i++);
      assertThat(json.get("name").asText()).isEqualTo(recipe.name());
      assertThat(json.get("optimizer").get("kind").asText()).isEqualTo(recipe.optimizer().kind());
      assertThat(json.get("start").asText()).isEqualTo(Settings.word(recipe.start()));
      assertThat(json.get("styleWeight").asDouble()).isEqualTo(recipe.styleWeight());
      assertThat(json.get("styleLayers")).hasSameSizeAs(recipe.styleLayers());
      assertThat(json.get("optimizer").get("learningRate").asDouble())
          .isEqualTo(recipe.optimizer().learningRate());
    }
  }

  @Test
  void inspect_shows_the_model() throws IOException {
    String model = TinyModel.folder().toString();
    String text = succeeded(CliRun.of("inspect", "--model", model)).out();
    assertThat(text)
        .startsWith("tiny-vgg: vgg19, random weights")
        .contains("BGR", "103.939", "feature units: keras")
        .containsPattern("block5_conv2 +8 +16");
    JsonNode json =
        JSON.readTree(succeeded(CliRun.of("inspect", "--model", model, "--json")).out());
    JsonNode manifest = JSON.readTree(TinyModel.folder().resolve("manifest.json").toFile());
    assertThat(json.get("layers")).isEqualTo(manifest.get("layers"));
    assertThat(json.get("weights")).isEqualTo(manifest.get("weights"));
    assertThat(json.get("preprocessing")).isEqualTo(manifest.get("preprocessing"));
    assertThat(json.get("files")).isEqualTo(manifest.get("files"));
  }

  @Test
  void inspect_tells_parameters_and_recipes() throws IOException {
    String model = TinyModel.folder().toString();
    assertThat(succeeded(CliRun.of("inspect", "--model", model)).out())
        .containsPattern("block1_conv1 +4 +1  Conv2D +112\n")
        .containsPattern("  tf-eager +yes\n");
    JsonNode json =
        JSON.readTree(succeeded(CliRun.of("inspect", "--model", model, "--json")).out());
    assertThat(json.get("layerFacts").get(0).get("parameters").asInt()).isEqualTo(112);
    assertThat(json.get("recipes").get("tf-eager")).isEmpty();
    assertThat(json.get("recipes")).hasSameSizeAs(Recipes.all());
  }

  @Test
  void inspect_shows_a_keras_model() throws IOException {
    String model = TinyKeras.folder("export").toString();
    String open = succeeded(CliRun.of("inspect", "--model", model)).out();
    assertThat(open)
        .startsWith("export: keras, file weights (a SavedModel without manifest; licence unknown)")
        .contains("feature units: as --model-input says", "parameters: 511\n")
        .containsPattern("depthwise +4 +2  DepthwiseConv2dNative +40\n")
        .containsPattern("  style-reconstruction +no; missing: block1_conv1, ");
    assertThat(succeeded(CliRun.of("inspect", "--model", model, "--model-input", "caffe")).out())
        .contains("made BGR less [103.939, 116.779, 123.68]", "feature units: keras");
    JsonNode json =
        JSON.readTree(succeeded(CliRun.of("inspect", "--model", model, "--json")).out());
    assertThat(json.get("preprocessing").isNull()).isTrue();
    assertThat(json.get("layers")).hasSameSizeAs(json.get("layerFacts"));
    assertThat(json.get("recipes").get("content-reconstruction").get(0).asText())
        .isEqualTo("block3_conv1");
  }

  @Test
  void a_keras_model_gives_losses_and_a_picture() {
    TestJob job =
        evaluation("style.png")
            .with("--model", TinyKeras.folder("save"))
            .with("--model-input", "unit")
            .with("--style-layers", "conv,sum,shared-2,inner-conv")
            .with("--content-layers", "dilated");
    succeeded(
        job.with("--features", "conv=" + folder.resolve("conv.npy")).run("evaluate", "--json"));
    assertThat(folder.resolve("conv.npy")).isNotEmptyFile();
    job.with("--features", "pool=" + folder.resolve("pool.npy"))
        .refusedBy("evaluate", "features (pool) must be of a layer that the recipe uses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stylize", "evaluate", "reconstruct", "recipes", "inspect", "serve"})
  void help_of_each_command(String command) {
    assertThat(succeeded(CliRun.of(command, "--help")).out())
        .startsWith("Usage: stylegraph " + command)
        .contains("--verbose");
    assertThat(succeeded(CliRun.of("--help")).out()).contains(command);
  }

  @Test
  void version() {
    assertThat(succeeded(CliRun.of("--version")).out()).startsWith("stylegraph ");
  }

  private TestJob evaluation(String picture) {
    TestJob job = new TestJob(folder);
    return job.without("--output").without("--steps").with("--picture", job.file(picture));
  }

  private static CliRun succeeded(CliRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }
}
