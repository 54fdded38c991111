package io.stylegraph.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.stylegraph.PictureSource;
import io.stylegraph.Region;
import io.stylegraph.RunNotes;
import io.stylegraph.StyleSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.TinyModel;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Start;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Styles, masks, balance and colours, from the form to the picture. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlTest {
  private static final int WIDTH = 34;
  private static final int HEIGHT = 26;

  /** White from this column on. */
  private static final int EDGE = 20;

  private static TestApi api;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    api = TestApi.start();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static byte[] mask() {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i / 3 % WIDTH < EDGE ? 0 : 255;
    }
    return Pictures.png(Picture.of(WIDTH, HEIGHT, rgb));
  }

  private static TestForm twoStyles() {
    return TestForm.usual().file("style2", TestForm.png(28, 28, 3));
  }

  private static PictureSource source(String field, byte[] png) {
    return PictureSource.of(Pictures.decode(png, field), field);
  }

  @Test
  void every_field_comes_to_the_request() {
    Map<String, byte[]> files =
        Map.of(
            "content", TestForm.png(60, 40, 1),
            "style", TestForm.png(50, 70, 2),
            "style1.mask", TestForm.png(20, 20, 3),
            "style2", TestForm.png(80, 60, 4),
            "mask", mask());
    Map<String, String> texts = new HashMap<>();
    texts.putAll(
        Map.of(
            "style1.weight", "0.7",
            "style1.region", "sky",
            "style1.layers", "block1_conv1, block2_conv1",
            "style2.scale", "2",
            "style4Sample", "waves"));
    texts.putAll(
        Map.of(
            "maskName", "sky",
            "strength", "0.25",
            "colours", "symmetric",
            "init", "statistics",
            "seed", "7",
            "size", "32",
            "style3.weight", ""));
    JobLimits limits = new JobLimits(1_000_000, 1_000_000, 64, 1000, Duration.ofMinutes(1));
    StyleTransferRequest request =
        new JobForm(limits, new Samples(), order -> {})
            .order(files, new FormTexts(texts))
            .request();

    assertThat(request.styles())
        .extracting(StyleSource::weight, StyleSource::scale, StyleSource::region)
        .containsExactly(
            tuple(0.7, 1.0, Optional.of("sky")),
            tuple(1.0, 2.0, Optional.empty()),
            tuple(1.0, 1.0, Optional.empty()));
    assertThat(request.styles().get(0).layers()).containsExactly("block1_conv1", "block2_conv1");
    assertThat(request.styles().get(0).mask()).isPresent();
    assertThat(request.styles().get(1).mask()).isEmpty();
    // Kept at twice the job's size, for its scale.
    assertThat(request.styles().get(1).picture().read().width()).isEqualTo(64);
    assertThat(request.styles().get(2).picture().read().width()).isEqualTo(32);
    assertThat(request.regions()).extracting(Region::name).containsExactly("sky");
    assertThat(request.strength()).isEqualTo(OptionalDouble.of(0.25));
    assertThat(request.colours()).isEqualTo(ColourKeeping.SYMMETRIC);
    assertThat(request.recipe())
        .isEqualTo(Recipes.TF_EAGER.toBuilder().start(Start.STATISTICS).build());
    assertThat(request.seed()).isEqualTo(7);
    assertThat(request.size()).isEqualTo(32);
  }

  @Test
  void two_styles_and_a_mask_give_what_the_library_gives_and_keep_the_rest() {
    String job =
        api.start(
            twoStyles()
                .field("size", "128")
                .field("style1.weight", "0.7")
                .field("style2.weight", "0.3")
                .field("style2.scale", "1.5")
                .field("style2.layers", "block1_conv1,block2_conv1")
                .file("mask", mask())
                .field("strength", "0.9")
                .field("colours", "cholesky"));
    assertThat(api.awaitEnd(job).get("state").asText()).isEqualTo("done");

    byte[] content = TestForm.png(WIDTH, HEIGHT, 1);
    StyleSource first = StyleSource.of(source("style", TestForm.png(30, 40, 2))).withWeight(0.7);
    StyleSource second =
        StyleSource.of(source("style2", TestForm.png(28, 28, 3)))
            .withWeight(0.3)
            .withScale(1.5)
            .withLayers(List.of("block1_conv1", "block2_conv1"));
    Picture expected =
        Stylizer.load(TinyModel.folder())
            .stylize(
                StyleTransferRequest.of(source("content", content), first.picture())
                    .withRecipe(Recipes.TF_EAGER.toBuilder().steps(3).build())
                    .withSize(128)
                    .withRegions(
                        List.of(first, second), List.of(new Region("1", source("mask", mask()))))
                    .withStrength(0.9)
                    .withColours(ColourKeeping.CHOLESKY))
            .picture();
    Picture result = Pictures.decode(api.get(job + "/result").body(), "result");
    assertThat(result.rgb()).isEqualTo(Pictures.decode(Pictures.png(expected), "it").rgb());
    assertThat(changed(Pictures.decode(content, "content"), result))
        .isGreaterThan((WIDTH - EDGE) * HEIGHT / 2);
  }

  /** How many pixels are others; none before the mask's edge may be. */
  private static int changed(Picture content, Picture result) {
    float[] before = content.rgb();
    float[] after = result.rgb();
    int changed = 0;
    for (int i = 0; i < before.length; i += 3) {
      if (before[i] != after[i]) {
        assertThat(i / 3 % WIDTH).isGreaterThanOrEqualTo(EDGE);
        changed++;
      }
    }
    return changed;
  }

  @Test
  void the_result_holds_its_settings_and_the_contents_transparency() throws IOException {
    BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(3, 4, 0x80_20_60_A0);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ImageIO.write(image, "png", content);
    String job =
        api.start(
            new TestForm()
                .file("content", content.toByteArray())
                .field("styleSample", "waves")
                .field("recipe", "swift")
                .field("size", "64")
                .field("steps", "2")
                .field("init", "grey")
                .field("colours", "after")
                .field("strength", "0.4")
                .field("seed", "9"));
    assertThat(api.awaitEnd(job).get("state").asText()).isEqualTo("done");

    byte[] png = api.get(job + "/result").body();
    for (String ending : List.of("png", "jpg")) {
      Path file = folder.resolve("result." + ending);
      Files.write(file, api.get(job + "/result?format=" + ending).body());
      RunNotes notes = RunNotes.read(file);
      assertThat(notes.recipe())
          .isEqualTo(Recipes.SWIFT.toBuilder().steps(2).start(Start.GREY).build());
      assertThat(notes.size()).isEqualTo(64);
      assertThat(notes.seed()).isEqualTo(9);
      assertThat(notes.colours()).isEqualTo(ColourKeeping.AFTER);
      assertThat(notes.strength()).isEqualTo(OptionalDouble.of(0.4));
    }
    BufferedImage result = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(result.getRGB(3, 4) >>> 24).isEqualTo(0x80);
    assertThat(result.getRGB(0, 0) >>> 24).isZero();
  }

  @Test
  void the_steps_of_a_pyramid_are_those_for_the_pictures_own_size() {
    // From 128 by the root of 2: 128 and 181, of 5 and 2 steps, though the job allows for 256.
    String job =
        api.start(
            new TestForm()
                .file("content", TestForm.png(182, 30, 1))
                .file("style", TestForm.png(150, 40, 2))
                .field("recipe", "fine")
                .field("size", "256")
                .field("steps", "5"));
    assertThat(api.status(job).get("steps").asInt()).isEqualTo(7);
    api.delete(job);
  }

  @Test
  void a_recipe_says_its_layers_and_its_pyramid() {
    JsonNode recipes = TestApi.json(api.get("/api/recipes"));
    JsonNode usual = recipes.get(0);
    assertThat(usual.get("styleLayers").get(4).asText()).isEqualTo("block5_conv1");
    assertThat(usual.has("pyramid")).isFalse();
    JsonNode fine = recipes.get(2);
    assertThat(fine.get("name").asText()).isEqualTo("fine");
    assertThat(fine.get("pyramid").get("smallest").asInt()).isEqualTo(128);
  }

  @Test
  void masks_wait_in_grey_and_at_the_jobs_size() throws IOException {
    byte[] grey = new UploadedPicture(10_000).greyPng("mask", TestForm.png(40, 30, 1), 20);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(grey));
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(image.getWidth()).isEqualTo(20);
    byte[] own = new UploadedPicture(10_000).greyPng("mask", mask(), 40);
    assertThat(Pictures.decode(own, "mask").rgb()).isEqualTo(Pictures.decode(mask(), "mask").rgb());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "style1.weight | -1 | style1.weight (-1.0) must be zero or more, and finite",
        "style2.weight | much | style2.weight (much) must be a number",
        "style2.scale | 0 | style2.scale (0.0) must be from 0.01 to 2.0 at this size",
        "style2.scale | 2.1 | style2.scale (2.1) must be from 0.01 to 2.0 at this size",
        "style1.region | sea | style1.region (sea) is no mask's name; choose one of: 1",
        "style2.layers | block9 | style2.layers (block9) is no style layer of tf-eager",
        "style3.layers | block1_conv1 | style3.layers is given without style3",
        "mask2Name | sea | mask2Name is given without mask2",
        "strength | 1.5 | strength (1.5) must be from 0 to 1",
        "strength | NaN | strength (NaN) must be from 0 to 1",
        "colours | keep | colours (keep) is unknown; choose one of: none, after",
        "styleSample | waves | style: give one picture",
      })
  void a_wrong_setting_is_named(String field, String value, String words) {
    TestForm form = twoStyles().field("size", "128").file("mask", mask());
    refused(400, field.equals("styleSample") ? "style" : field, words, form.field(field, value));
  }

  @Test
  void what_does_not_fit_together_is_refused() {
    refused(
        400,
        "style1.weight",
        "the weights of the styles sum to 0",
        TestForm.usual().field("style1.weight", "0"));
    refused(
        400,
        "mask2",
        "no style paints the region 2",
        TestForm.usual().file("mask", mask()).file("mask2", mask()).field("style1.region", "1"));
    refused(
        400,
        "maskName",
        "two regions are called 2",
        TestForm.usual().file("mask", mask()).file("mask2", mask()).field("maskName", "2"));
    refused(
        400,
        "style2.mask",
        "style2.mask is given without style2",
        TestForm.usual().file("style2.mask", mask()));
    refused(
        400,
        "style1.region",
        "style1.region (sky) is no mask's name; give a mask",
        TestForm.usual().field("style1.region", "sky"));
  }

  @Test
  void masks_are_pictures_under_the_same_limits() {
    refused(415, "mask", "is not a picture", TestForm.usual().file("mask", new byte[] {1, 2, 3}));
    refused(400, "mask", "mask must be a file", TestForm.usual().field("mask", "/etc/passwd"));
    byte[] black = Pictures.png(Picture.of(WIDTH, HEIGHT, new float[WIDTH * HEIGHT * 3]));
    refused(400, "mask", "is black throughout", TestForm.usual().file("mask", black));
    byte[] large = TestForm.png(16, 16, 1);
    // The size in the header of a PNG.
    large[18] = (byte) 0x9C;
    large[22] = (byte) 0x9C;
    refused(413, "style1.mask", "pixels, more than", TestForm.usual().file("style1.mask", large));
    assertThat(TestApi.text(api.post(twoStyles().file("style5", mask()))))
        .contains("unknown field", "style or styleSample, to style4 or style4Sample");
  }

  private static void refused(int status, String field, String words, TestForm form) {
    HttpResponse<byte[]> response = api.post(form);
    JsonNode answer = TestApi.json(response);
    assertThat(answer.get("error").asText()).contains(words).doesNotContain("\n");
    assertThat(answer.path("field").asText()).isEqualTo(field);
    assertThat(response.statusCode()).isEqualTo(status);
  }
}
