package io.stylegraph.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.net.httpserver.HttpServer;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.StylizerLimits;
import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureSize;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import io.stylegraph.recipe.Recipes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example on the tiny model. */
class ExamplesTest {
  private static final String MODEL = TinyModel.folder().toString();
  private static final Picture CONTENT = TinyModel.picture(34, 32, 1);
  private static final Picture STYLE = TinyModel.picture(40, 33, 2);

  @TempDir private Path folder;
  private String content;
  private String style;
  private Path output;

  @BeforeEach
  void pictures() {
    content = write("content.png", CONTENT);
    style = write("style.png", STYLE);
    output = folder.resolve("out.png");
  }

  @Test
  void embed_in_ten_lines() {
    EmbedInTenLines.main(new String[] {MODEL, content, style, output.toString()});
    assertThat(PictureReader.read(output).size()).isEqualTo(new PictureSize(34, 32));
  }

  @Test
  void job_queue_with_progress() throws IOException {
    Path outputs = Files.createDirectory(folder.resolve("outputs"));
    String other = write("other.png", TinyModel.picture(50, 40, 3));
    String broken = folder.resolve("broken.png").toString();
    Files.writeString(Path.of(broken), "no picture");
    JobQueueWithProgress.main(
        new String[] {MODEL, outputs.toString(), style, content, broken, other});
    assertThat(outputs)
        .isDirectoryContaining("glob:**/content.png")
        .isDirectoryContaining("glob:**/other.png")
        .isDirectoryNotContaining("glob:**/broken.png");
  }

  @Test
  void own_recipe() throws IOException {
    Path file = folder.resolve("coarse.json");
    OwnRecipe.main(new String[] {MODEL, content, style, output.toString(), file.toString()});
    assertThat(output).isRegularFile();
    assertThat(RecipeFile.read(file)).isEqualTo(OwnRecipe.coarse(60));
  }

  @Test
  void own_loss_equals_the_engines_and_falls_with_its_own_term() {
    Recipe recipe =
        Recipes.TF_EAGER.toBuilder()
            .styleLayers(
                List.of(
                    new LayerWeight("block1_conv1", 1),
                    new LayerWeight("block2_conv1", 1),
                    new LayerWeight("block3_conv1", 1)))
            .styleWeight(1)
            .contentWeight(0)
            .tvWeight(0)
            .build();
    StyleTransferRequest request =
        StyleTransferRequest.of(
                PictureSource.of(CONTENT, "content"), PictureSource.of(STYLE, "style"))
            .withRecipe(recipe)
            .withCompute(new ComputeSettings(Device.CPU, Precision.FP32));
    Backbone backbone = Backbone.load(TinyModel.folder());
    try (Stylizer stylizer = Stylizer.load(TinyModel.folder());
        StyleTransfer engine = stylizer.prepare(request);
        OwnLoss own = new OwnLoss(backbone, STYLE, 34, 32, 0)) {
      OwnLoss.Evaluation evaluation = own.at(CONTENT.rgb());
      double total = engine.evaluate().total();
      assertThat(evaluation.loss()).isCloseTo(total, within(1e-5 * total));
      float[] gradient = engine.gradient();
      assertThat(evaluation.gradient())
          .containsExactly(gradient, within(1e-4f * largest(gradient)));
    }
    try (OwnLoss own = new OwnLoss(backbone, STYLE, 34, 32, 1e3)) {
      float[] made = own.descend(CONTENT.rgb(), 5, 1);
      assertThat(own.at(made).loss()).isLessThan(own.at(CONTENT.rgb()).loss());
    }
    OwnLoss.main(new String[] {MODEL, content, style, output.toString()});
    assertThat(PictureReader.read(output).size()).isEqualTo(CONTENT.size());
  }

  @Test
  void http_handler() throws Exception {
    Stylizer stylizer =
        Stylizer.load(TinyModel.folder(), StylizerLimits.DEFAULT.withPixels(20_000));
    HttpServer server = HttpHandler.serve(stylizer, 0, 3);
    try {
      HttpResponse<byte[]> made = post(server, pair(content, style));
      assertThat(made.statusCode()).isEqualTo(200);
      assertThat(PictureReader.read(new ByteArrayInputStream(made.body()), "answer").size())
          .isEqualTo(CONTENT.size());
      assertThat(refusal(server, "{")).startsWith("400 the body must be JSON");
      assertThat(refusal(server, "{}")).startsWith("400 content: is empty; name a picture");
      String large = write("large.png", TinyModel.picture(150, 140, 1));
      assertThat(refusal(server, pair(large, style))).startsWith("400 content: has 21000 pixels");
      stylizer.close();
      assertThat(refusal(server, pair(content, style))).startsWith("503 the job was not started");
    } finally {
      server.stop(0);
      ((ExecutorService) server.getExecutor()).shutdownNow();
    }
  }

  @Test
  void http_handler_says_when_it_is_busy() throws Exception {
    StylizerLimits one = StylizerLimits.DEFAULT.withConcurrentJobs(1).withWaitingJobs(0);
    try (Stylizer stylizer = Stylizer.load(TinyModel.folder(), one)) {
      HttpServer server = HttpHandler.serve(stylizer, 0, 3);
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch enough = new CountDownLatch(1);
      CompletableFuture<?> job = occupy(stylizer, running, enough);
      try {
        running.await();
        HttpResponse<byte[]> answer = post(server, pair(content, style));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
      } finally {
        enough.countDown();
        job.join();
        server.stop(0);
        ((ExecutorService) server.getExecutor()).shutdownNow();
      }
    }
  }

  private static CompletableFuture<?> occupy(
      Stylizer stylizer, CountDownLatch running, CountDownLatch enough) {
    StyleTransferRequest request =
        StyleTransferRequest.of(
            PictureSource.of(CONTENT, "content"), PictureSource.of(STYLE, "style"));
    return stylizer.stylizeAsync(
        request.withRecipe(request.recipe().toBuilder().steps(1).build()),
        RunOptions.none()
            .withListener(
                report -> {
                  running.countDown();
                  Uninterruptibles.awaitUninterruptibly(enough);
                }),
        task -> new Thread(task).start());
  }

  private String write(String name, Picture picture) {
    Path file = folder.resolve(name);
    PictureWriter.write(picture, file);
    return file.toString();
  }

  private static String pair(String content, String style) throws IOException {
    return "{\"content\": \"%s\", \"style\": \"%s\"}".formatted(base64(content), base64(style));
  }

  private static String base64(String file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
  }

  /** Status and the first forty letters. */
  private static String refusal(HttpServer server, String body) throws Exception {
    HttpResponse<byte[]> answer = post(server, body);
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return answer.statusCode() + " " + text.substring(0, Math.min(40, text.length()));
  }

  private static HttpResponse<byte[]> post(HttpServer server, String body) throws Exception {
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/stylize");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
