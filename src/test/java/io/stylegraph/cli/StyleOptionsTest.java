package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.image.LuminanceTransfer;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several styles, masks and strength, by the options of {@code stylize}. */
class StyleOptionsTest {
  private static final int WIDTH = 34;
  private static final int HEIGHT = 32;

  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
    PictureWriter.write(mask(0, 17), job.file("left.png"));
    PictureWriter.write(mask(17, WIDTH), job.file("right.png"));
    PictureWriter.write(mask(0, 0), job.file("black.png"));
  }

  @Test
  void styles_are_read_with_their_settings() {
    StyleArgument argument =
        StyleArgument.parse("C:\\a:b.jpg:weight=0.7:scale=1.5:region=sky:layers=a,b:mask=m.png");
    assertThat(argument.file()).isEqualTo(Path.of("C:\\a:b.jpg"));
    assertThat(argument.source())
        .satisfies(
            style -> {
              assertThat(style.weight()).isEqualTo(0.7);
              assertThat(style.scale()).isEqualTo(1.5);
              assertThat(style.region()).contains("sky");
              assertThat(style.layers()).isEqualTo(List.of("a", "b"));
              assertThat(style.mask().orElseThrow().label()).isEqualTo("m.png");
            });
    assertThat(argument.files()).containsExactly(Path.of("C:\\a:b.jpg"), Path.of("m.png"));
  }

  @Test
  void two_styles_blend_and_their_order_does_not_count() {
    job.without("--style");
    String one = job.file("style.png") + ":weight=3";
    String other = job.file("content.png") + ":scale=1.25";
    float[] first = painted("--style", one, "--style", other);
    assertThat(painted("--style", other, "--style", one)).isEqualTo(first);
    assertThat(painted("--style", one)).isNotEqualTo(first);
  }

  @Test
  void what_no_mask_covers_keeps_the_content() {
    float[] painted = painted("--mask", job.file("left.png").toString());
    float[] content = PictureReader.read(job.file("content.png")).rgb();
    int changed = 0;
    for (int i = 0; i < painted.length; i++) {
      if (i / 3 % WIDTH >= 17) {
        assertThat(painted[i]).isEqualTo(Math.round(content[i]));
      } else {
        changed += painted[i] == Math.round(content[i]) ? 0 : 1;
      }
    }
    assertThat(changed).isGreaterThan(painted.length / 4);
  }

  @Test
  void each_region_takes_its_own_style() {
    String left = "left=" + job.file("left.png");
    String right = "right=" + job.file("right.png");
    String style = job.file("style.png").toString();
    String content = job.file("content.png").toString();
    job.without("--style");
    float[] both =
        painted(
            "--mask",
            left,
            "--mask",
            right,
            "--style",
            style + ":region=left",
            "--style",
            content + ":region=right");
    float[] other =
        painted(
            "--mask",
            left,
            "--mask",
            right,
            "--style",
            style + ":region=left",
            "--style",
            style + ":region=right");
    assertThat(half(both, false)).isNotEqualTo(half(other, false));
  }

  @Test
  void at_strength_0_nothing_is_painted_and_at_1_the_content_counts_for_nothing() {
    job.with("--tv-weight", 0);
    assertThat(job.with("--strength", 0).stylized().err()).contains("style 0.00");
    assertThat(PictureReader.read(job.file("out.png")).rgb())
        .isEqualTo(rounded(PictureReader.read(job.file("content.png")).rgb()));
    assertThat(job.with("--strength", 1).stylized().err()).contains("content 0.00, style");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "style.png:weight=0 | the weights of the styles sum to 0; give one of them a weight above 0",
        "style.png:weight=-1 | must be zero or more",
        "style.png:weight=heavy | weight (heavy) must be a number",
        "style.png:scale=0 | scale (0.0) of style",
        "style.png:scale=0.02 | need at least",
        "style.png:colour=red | colour is unknown; choose of: weight, scale, mask, region, layers",
        "style.png:region=sky | is for region sky, which has no mask; give one (--mask sky=FILE)",
        "style.png:layers=block9 | block9 of style",
        "style.png:mask=black.png | black.png: is black throughout, so nothing is inside",
        "style.png:mask=absent.png | absent.png: does not exist; check the path",
      })
  void styles_that_cannot_be(String style, String message) {
    job.with("--style", style.replaceAll("(\\w+)\\.png", folder + "/$1.png")).refused(message);
  }

  @Test
  void regions_that_cannot_be() {
    job.with("--mask", job.file("black.png")).refused("black.png: is black throughout");
    job.with("--mask", "sky=" + job.file("left.png"))
        .with("--style", job.file("style.png") + ":region=sea")
        .refused("is for region sea, which has no mask; give one (--mask sea=FILE), or choose");
    job.with("--mask", "sky=" + job.file("left.png"))
        .with("--style", job.file("style.png") + ":region=sky:weight=0")
        .refused("sum to 0");
    CliRun run =
        job.with("--style", job.file("style.png") + ":region=sky")
            .with("--mask", "sky=" + job.file("left.png"))
            .stylize("--mask", "sea=" + job.file("right.png"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .contains("region sea has no style; give it one (--style FILE:region=sea)");
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "1.1", "NaN"})
  void strengths_that_cannot_be(String strength) {
    job.with("--strength", strength).refused("strength (" + strength + ") must be from 0 to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cholesky", "pca", "symmetric", "histogram"})
  void a_style_in_the_contents_colours_paints_another_picture(String way) {
    float[] usual = painted();
    assertThat(painted("--colours", way)).isNotEqualTo(usual);
  }

  @Test
  void after_the_run_the_content_gives_the_colours() {
    job.with("--steps", 20);
    Picture usual = Picture.of(WIDTH, HEIGHT, painted());
    float[] kept = painted("--colours", "after");
    Picture content = PictureReader.read(job.file("content.png"));
    float[] expected = LuminanceTransfer.apply(usual, content).rgb();
    // What was painted was rounded when it was written, so that dark colours are a little off.
    assertThat(meanDistance(kept, expected)).isLessThan(1);
    assertThat(meanDistance(kept, usual.rgb())).isGreaterThan(10);
  }

  private static double meanDistance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - other[i]);
    }
    return sum / one.length;
  }

  @Test
  void a_recipe_without_content_layers_has_no_balance() {
    job.with("--recipe", "style-reconstruction")
        .with("--strength", 0.5)
        .refused("recipe style-reconstruction has no content layers; leave it out");
  }

  private float[] painted(String... more) {
    CliRun run = job.stylize(more);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    return PictureReader.read(job.file("out.png")).rgb();
  }

  private static float[] rounded(float[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = Math.round(values[i]);
    }
    return rounded;
  }

  private static float[] half(float[] rgb, boolean left) {
    float[] half = new float[rgb.length];
    int count = 0;
    for (int i = 0; i < rgb.length; i++) {
      if ((i / 3 % WIDTH < WIDTH / 2) == left) {
        half[count++] = rgb[i];
      }
    }
    return Arrays.copyOf(half, count);
  }

  private static Picture mask(int from, int to) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % WIDTH;
      rgb[i] = x >= from && x < to ? 255 : 0;
    }
    return Picture.of(WIDTH, HEIGHT, rgb);
  }
}
