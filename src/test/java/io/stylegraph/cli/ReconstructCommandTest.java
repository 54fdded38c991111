package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code reconstruct} on the tiny model, and {@code stylize} by the recipes of it. */
class ReconstructCommandTest {
  private static final Pattern RELATIVE_LOSS =
      Pattern.compile("relative loss (\\S+) after (\\d+) steps");

  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
  }

  @ParameterizedTest
  @CsvSource({"--content, --style, ''", "--style, --content, 'up to '"})
  void each_layer_gets_a_panel_on_one_sheet(String given, String left, String prefix) {
    CliRun run = job.without(left).run("reconstruct");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.errLines().stream().filter(line -> line.startsWith("panel ")))
        .containsExactly(
            "panel   " + prefix + "conv1_1",
            "panel   " + prefix + "conv2_1",
            "panel   " + prefix + "conv3_1",
            "panel   " + prefix + "conv4_1",
            "panel   " + prefix + "conv5_1");
    assertThat(run.err())
        .contains(given.substring(2) + "-reconstruction: 3 steps of lbfgs")
        .contains("step 3/3  total ")
        .endsWith("wrote %s with 5 of 5 panels%n".formatted(job.file("out.png")));
    assertThat(rows(job.file("out.png"))).isEqualTo(2);
  }

  @Test
  void the_layers_may_be_chosen() {
    job.without("--style").with("--layers", "block2_conv2,block3_conv1");
    CliRun run = job.run("reconstruct");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("conv2_2", "conv3_1").doesNotContain("conv1_1");
    assertThat(rows(job.file("out.png"))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--content", "--style"})
  void noise_becomes_what_the_first_layer_sees(String given) {
    job.without(given.equals("--content") ? "--style" : "--content");
    job.with("--layers", "block1_conv1").with("--tv-weight", 0);
    double before = relativeLoss(job.with("--steps", 1).run("reconstruct"));
    double after = relativeLoss(job.with("--steps", 40).run("reconstruct"));
    assertThat(after).isLessThan(before / 15);
  }

  @Test
  void one_seed_makes_one_sheet() {
    job.without("--style").with("--layers", "block1_conv1").with("--seed", 1);
    float[] first = sheet();
    assertThat(sheet()).isEqualTo(first);
    job.with("--seed", 2);
    assertThat(sheet()).isNotEqualTo(first);
  }

  @Test
  void what_is_wrong_is_said_before_the_first_panel() {
    job.refusedBy("reconstruct", "Give one of --content=FILE, for its features, and --style=FILE");
    job.without("--style").with("--layers", "block1_conv1,block9_conv9");
    job.refusedBy("reconstruct", "tiny-vgg has no layer block9_conv9; it has: block1_conv1");
    job.with("--layers", "").refusedBy("reconstruct", "layer () must have a name");
    job.without("--layers").with("--steps", 0).refusedBy("reconstruct", "steps (0) must be from 1");
    job.with("--steps", 3).with("--tv-weight", -1).refusedBy("reconstruct", "tvWeight (-1.0) must");
    job.without("--tv-weight").with("--output", job.file("content.png"));
    job.refusedBy("reconstruct", "content.png: the output is the input");
    job.with("--output", job.file("out.gif")).refusedBy("reconstruct", "out.gif: has no ending");
    PictureWriter.write(TinyModel.picture(15, 40, 3), job.file("small.png"));
    job.with("--output", job.file("out.png")).with("--content", job.file("small.png"));
    job.refusedBy("reconstruct", "small.png: is 15x40 at this size", "16x16");
    job.with("--content", job.file("absent.png")).refusedBy("reconstruct", "absent.png: does not");
    job.without("--content").refusedBy("reconstruct", "Give one of --content=FILE");
  }

  @Test
  void stylize_wants_no_picture_whose_term_has_no_weight() {
    job.with("--recipe", "content-reconstruction").without("--style").stylized();
    job.with("--content-layers", "block1_conv2").with("--sheet", job.file("sheet.png")).stylized();
    assertThat(rows(job.file("sheet.png"))).isEqualTo(2); // Of pictures and of curves.
    job = new TestJob(folder).with("--recipe", "style-reconstruction").without("--content");
    job.stylized();
    Picture texture = PictureReader.read(job.file("out.png"));
    assertThat(List.of(texture.width(), texture.height())).containsExactly(40, 33);
    job.with("--content", job.file("content.png")).stylized();
    assertThat(PictureReader.read(job.file("out.png")).width()).isEqualTo(34);
  }

  @Test
  void stylize_wants_every_picture_whose_term_has_weight() {
    job.with("--recipe", "content-reconstruction").without("--content");
    job.refused("Missing required option: '--content=FILE'");
    job.with("--recipe", "style-reconstruction").with("--content-weight", 1);
    job.refused("contentLayers is empty, but contentWeight is 1.0; name layers or set it to 0");
    job.with("--content-layers", "block3_conv1");
    job.refused("Missing required option: '--content=FILE'");
    job.without("--content-layers").without("--content-weight").with("--init", "content");
    job.refused("Missing required option: '--content=FILE'");
    job.without("--init").without("--style");
    job.refused("Missing required option: '--style=FILE'");
    job.with("--content", job.file("content.png"));
    job.refused("Missing required option: '--style=FILE'");
  }

  @Test
  void evaluate_tells_how_near_a_picture_is() {
    job.with("--recipe", "content-reconstruction").with("--picture", job.file("style.png"));
    job.without("--style").without("--output").without("--steps");
    CliRun run = job.run("evaluate");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("total ").contains("style 0.00");
  }

  private static double relativeLoss(CliRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    var found = RELATIVE_LOSS.matcher(run.err());
    assertThat(found.find()).as(run.err()).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private float[] sheet() {
    CliRun run = job.run("reconstruct");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return PictureReader.read(job.file("out.png")).rgb();
  }

  /** How many times a panel's height and its label's the sheet is high. */
  private static int rows(Path sheet) {
    return PictureReader.read(sheet).height() / (384 + 34);
  }
}
