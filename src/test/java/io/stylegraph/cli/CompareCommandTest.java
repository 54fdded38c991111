package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.LossFields;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.TinyModel;
import io.stylegraph.compare.NpyFile;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare}, with runs of the engine itself in the place of another program's. */
class CompareCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STEPS = 4;

  @TempDir private Path folder;
  private Path reference;

  @BeforeEach
  void leave_a_run() throws IOException {
    reference = Files.createDirectories(folder.resolve("reference"));
    leaveRun(Recipes.TF_EAGER, false);
  }

  @Test
  void a_run_equals_itself() throws IOException {
    CliRun run = compare();
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("ok ", "wrote").doesNotContain("OUTSIDE");
    JsonNode report = JSON.readTree(folder.resolve("out/report.json").toFile());
    assertThat(report.get("passed").asBoolean()).isTrue();
    assertThat(report.get("recipe").asText()).isEqualTo("tf-eager");
    assertThat(report.get("steps")).hasSize(STEPS);
    assertThat(report.get("features")).hasSize(6);
    assertThat(report.at("/similarity/ssim").asDouble()).isGreaterThan(0.99);
    assertThat(report.at("/engine/peakMemoryBytes").asLong()).isGreaterThan(50_000_000);
    assertThat(report.at("/engine/secondsPerStep").asDouble()).isPositive();
    assertThat(report.at("/result/gradient/cosine").asDouble()).isGreaterThan(0.99999);
  }

  @Test
  void the_page_is_one_file_and_the_index_links_to_it() throws IOException {
    compare("--index", folder.toString());
    String page = Files.readString(folder.resolve("out/index.html"));
    assertThat(page)
        .contains("<title>tf-eager: Stylegraph and a test &amp; more</title>", "block5_conv2")
        .contains("name=\"viewport\"", "data:image/png;base64,")
        .doesNotContain("http://", "https://", "src=\"out", "@import");
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("<a href=\"out/index.html\">out</a>", "a test &amp; more");
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void what_parts_too_far_is_named() {
    float[] gradient = new float[34 * 32 * 3];
    gradient[0] = 1;
    NpyFile.write(reference.resolve("gradient-final.npy"), gradient, 32, 34, 3);
    CliRun run = compare();
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out().lines().filter(line -> line.startsWith("OUTSIDE")))
        .hasSize(2)
        .allMatch(line -> line.contains("gradient, "));
    assertThat(folder.resolve("out/report.json")).exists();
  }

  @Test
  void chaos_that_the_reference_shows_itself_raises_the_tolerance() throws IOException {
    Path run = reference.resolve("run.json");
    Path log = reference.resolve("log.jsonl");
    Files.writeString(log, Files.readString(log).replaceAll("\"style\":", "\"style\":1"));
    assertThat(compare().out()).containsPattern("OUTSIDE terms of the first steps.*<= 0.001");
    Files.writeString(
        run,
        Files.readString(run)
            .replace(
                "\"recipe\"",
                "\"rounding\":{\"disturbance\":1e-5,\"worstByStep\":[0.5,2],\"psnr\":20},\"recipe\""));
    CliRun raised = compare();
    assertThat(raised.exitCode()).as(raised.out()).isZero();
    assertThat(raised.out()).contains("(<= 6.00)", "(>= 17.0)");
    assertThat(Files.readString(folder.resolve("out/index.html")))
        .contains("This search is chaotic", "1.00e-05");
  }

  @Test
  void a_run_that_stops_early_has_not_agreed() throws IOException {
    Path log = reference.resolve("log.jsonl");
    Files.writeString(log, Files.readString(log).lines().findFirst().orElseThrow());
    CliRun run = compare();
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).containsPattern("OUTSIDE steps that both did +1.00 \\(>= 4.00\\)");
  }

  @Test
  void noise_of_the_reference_is_the_start() throws IOException {
    leaveRun(Recipes.GATYS, true);
    CliRun run = compare();
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  @Test
  void damaged_references() throws IOException {
    NpyFile.write(reference.resolve("gradient-start.npy"), new float[3], 1, 1, 3);
    refused("holds 3 values and should hold 3264");
    Files.writeString(reference.resolve("gradient-start.npy"), "no array");
    refused("gradient-start.npy cannot be read as an array");
    leaveRun(Recipes.TF_EAGER, false);
    Files.writeString(reference.resolve("log.jsonl"), "{}\n");
    refused("log.jsonl has no losses in line 1; make the run again");
    leaveRun(Recipes.TF_EAGER, false);
    Files.delete(reference.resolve("features/block3_conv1.npy"));
    refused("block3_conv1.npy is missing");
    Path run = reference.resolve("run.json");
    String json = Files.readString(run);
    Files.writeString(run, json.replace("tf-eager", "picasso"));
    refused("recipe (picasso) is unknown");
    Files.writeString(run, json.replace("tiny-vgg", "vgg19-imagenet"));
    refused("model (tiny-vgg) is not that of the reference; choose vgg19-imagenet");
    Files.writeString(run, json.replace("\"schemaVersion\":1", "\"schemaVersion\":2"));
    refused("is not of schemaVersion 1");
    Files.writeString(run, "{");
    refused("run.json is no description of a run");
    Files.delete(run);
    refused("run.json cannot be read");
  }

  @Test
  void the_output_must_be_a_folder() throws IOException {
    Files.writeString(folder.resolve("out"), "a file");
    refused("is no folder that takes files");
  }

  private void refused(String... parts) {
    CliRun run = compare();
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err().lines().filter(line -> line.startsWith("stylegraph: "))).hasSize(1);
    assertThat(run.err()).contains(parts);
    assertThat(Files.exists(folder.resolve("out/report.json"))).isFalse();
  }

  private CliRun compare(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("compare", "--reference", reference.toString(), "--model"));
    arguments.addAll(List.of(TinyModel.folder().toString(), "--output"));
    arguments.add(folder.resolve("out").toString());
    arguments.addAll(List.of(more));
    return CliRun.of(arguments.toArray(String[]::new));
  }

  private void leaveRun(Recipe recipe, boolean noise) throws IOException {
    Picture content = whole(TinyModel.picture(34, 32, 1));
    Picture style = whole(TinyModel.picture(40, 33, 2));
    Picture start = noise ? whole(TinyModel.picture(34, 32, 3)) : content;
    write(content, "content");
    write(style, "style");
    write(start, "start");
    Stylizer stylizer = Stylizer.load(TinyModel.folder());
    StyleTransferRequest request =
        StyleTransferRequest.of(
                PictureSource.of(content, "content"), PictureSource.of(style, "style"))
            .withRecipe(recipe.toBuilder().steps(STEPS).start(Start.CONTENT).build())
            .withCompute(new ComputeSettings(Device.AUTO, Precision.FP32));
    request = noise ? request.withStart(PictureSource.of(start, "start")) : request;
    Losses atStart;
    try (StyleTransfer transfer = stylizer.prepare(request)) {
      atStart = transfer.evaluate();
      NpyFile.write(reference.resolve("gradient-start.npy"), transfer.gradient(), 32, 34, 3);
      Files.createDirectories(reference.resolve("features"));
      for (String layer : recipe.layersUsed()) {
        float[] features = transfer.features(layer);
        NpyFile.write(reference.resolve("features/" + layer + ".npy"), features, features.length);
      }
    }
    Picture result;
    Files.deleteIfExists(reference.resolve("log.jsonl"));
    try (StyleTransfer transfer = stylizer.prepare(request);
        LossLog log = new LossLog(reference.resolve("log.jsonl"), OptionalInt.empty())) {
      RunOptions options = RunOptions.none().withListener(log);
      result = whole(transfer.run(options).picture());
    }
    write(result, "final");
    Losses atResult;
    try (StyleTransfer transfer =
        stylizer.prepare(request.withStart(PictureSource.of(result, "result")))) {
      atResult = transfer.evaluate();
      NpyFile.write(reference.resolve("gradient-final.npy"), transfer.gradient(), 32, 34, 3);
    }
    Map<String, Object> run =
        Map.of(
            "schemaVersion",
            1,
            "recipe",
            recipe.name(),
            "program",
            "a test & more",
            "steps",
            STEPS,
            "model",
            Map.of("name", "tiny-vgg"),
            "secondsPerStep",
            0.5,
            "peakMemoryBytes",
            1,
            "versions",
            Map.of("junit", 5),
            "machine",
            Map.of("cores", 2),
            "losses",
            Map.of("start", LossFields.of(atStart), "final", LossFields.of(atResult)));
    JSON.writeValue(reference.resolve("run.json").toFile(), run);
  }

  private void write(Picture picture, String name) {
    PictureWriter.write(picture, reference.resolve(name + ".png"));
  }

  /** As it comes back from an 8-bit file. */
  private static Picture whole(Picture picture) {
    return Picture.from(picture.toBufferedImage());
  }
}
