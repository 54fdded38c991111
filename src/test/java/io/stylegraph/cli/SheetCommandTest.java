package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.Stylizer;
import io.stylegraph.TinyModel;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.progress.CancellationToken;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import picocli.CommandLine;

/** {@code sheet} on the tiny model. */
class SheetCommandTest {
  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder).with("--precision", "fp32");
  }

  @Test
  void each_cell_is_what_stylize_paints_with_its_settings() throws IOException {
    job.with("--seed", 3).with("--init", "noise").with("--keep", job.file("cells"));
    CliRun run = painted("--vary", "style-weight=1e-3,1", "--vary", "optimizer.learningRate=5,20");
    assertThat(run.err())
        .containsSubsequence(
            "model   tiny-vgg",
            "runs on ",
            "cell    1 of 4: style-weight 1e-3, optimizer.learningRate 5",
            "step 3/3  total ",
            "cell    4 of 4: style-weight 1, optimizer.learningRate 20",
            "wrote " + job.file("out.png") + " with 4 of 4 cells");
    assertThat(names(job.file("cells")))
        .containsExactly(
            "01_style-weight=1e-3_optimizer.learningRate=5.png",
            "02_style-weight=1_optimizer.learningRate=5.png",
            "03_style-weight=1e-3_optimizer.learningRate=20.png",
            "04_style-weight=1_optimizer.learningRate=20.png");
    BufferedImage sheet = image("out.png");
    job.without("--keep").with("--style-weight", 1).with("--set", "optimizer.learningRate=5");
    job.with("--output", job.file("alone.png")).stylized();
    Picture alone = PictureReader.read(job.file("alone.png"));
    Path kept = job.file("cells").resolve("02_style-weight=1_optimizer.learningRate=5.png");
    assertThat(PictureReader.read(kept).rgb()).isEqualTo(alone.rgb());
    assertThat(shows(sheet, alone)).isTrue();
    for (String name : names(job.file("cells"))) {
      assertThat(shows(sheet, PictureReader.read(job.file("cells").resolve(name)))).isTrue();
    }
    assertThat(shows(sheet, PictureReader.read(job.file("content.png")))).isTrue();
    assertThat(shows(sheet, PictureReader.read(job.file("style.png")))).isTrue();
  }

  /** Every option of stylize may vary, and every part of a recipe. */
  @ParameterizedTest
  @CsvSource({
    "'recipe=tf-eager,tf-tutorial', recipe tf-tutorial",
    "'steps=1,2', steps 2",
    "'optimizer=adam,lbfgs', optimizer lbfgs",
    "'size=20,32', size 32",
    "'colours=none,after', colours after",
    "'strength=0.2,0.9', strength 0.9",
    "'style-layers=block1_conv1:1,block2_conv1:2;block3_conv1:1', style-layers block3_conv1:1",
    "'styleLayers.block1_conv1=0.5,3', styleLayers.block1_conv1 3",
  })
  void an_option_or_a_part_of_the_recipe_may_vary(String vary, String last) {
    CliRun run = painted("--vary", vary);
    assertThat(run.err()).contains("cell    2 of 2: " + last, "with 2 of 2 cells");
  }

  @Test
  void each_style_that_varies_is_shown() {
    String files = job.file("style.png") + "," + job.file("content.png") + ":weight=2";
    CliRun run = painted("--vary", "style=" + files);
    assertThat(run.err()).contains("of 2: style " + job.file("content.png") + ":weight=2");
    assertThat(shows(image("out.png"), PictureReader.read(job.file("style.png")))).isTrue();
  }

  @Test
  void many_values_of_one_setting_begin_new_rows() {
    job.with("--steps", 1);
    painted("--vary", "seed=1,2,3,4,5,6,7,8");
    int one = image("out.png").getHeight();
    int width = image("out.png").getWidth();
    painted("--vary", "seed=1,2,3,4,5,6,7,8,9");
    assertThat(image("out.png").getHeight()).isGreaterThan(one + 32);
    assertThat(image("out.png").getWidth()).isEqualTo(width);
  }

  @Test
  void a_cell_bounds_its_picture() {
    job.with("--steps", 1).with("--keep", job.file("cells"));
    painted("--vary", "seed=1,2", "--cell", "16");
    assertThat(image("out.png").getWidth()).isEqualTo(32 + 16 + 16 + 16 + 32);
    assertThat(PictureReader.read(job.file("cells").resolve("01_seed=1.png")).width())
        .isEqualTo(34);
  }

  @Test
  void a_cell_whose_loss_is_not_finite_does_not_end_the_sheet() throws IOException {
    job.with("--keep", job.file("cells"));
    CliRun run = job.run("sheet", "--vary", "style-weight=1e38,1e-2");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("stylegraph: step 1: the loss is Infinity", "with 1 of 2 cells");
    assertThat(names(job.file("cells"))).containsExactly("02_style-weight=1e-2.png");
  }

  @Test
  void what_is_wrong_with_any_cell_is_said_before_the_first() {
    refused("cell style-weight -1: styleWeight (-1.0) must", "--vary", "style-weight=1,-1");
    refused("cell steps 2, recipe nope: ", "--vary", "steps=2", "--vary", "recipe=tf-eager,nope");
    refused("cell steps x: Invalid value for option '--steps'", "--vary", "steps=1,x");
    refused("cell optimizer.beta7 1: ", "--vary", "optimizer.beta7=1");
    refused("cell output x.png: ", "--vary", "output=x.png");
    refused("cell size 8: ", "--vary", "size=32,8");
    refused("cell style /absent.png: ", "--vary", "style=/absent.png");
    refused(
        "cell content-layers block9_conv9: model tiny-vgg",
        "--vary",
        "content-layers=block9_conv9");
  }

  @Test
  void what_no_sheet_shows_is_refused() {
    refused("Missing required option: '--vary=NAME=VALUE,...'");
    refused("vary (steps) must be NAME=VALUE", "--vary", "steps");
    refused("vary (steps=1,,2) has an empty value", "--vary", "steps=1,,2");
    refused("vary (steps=1,1) has a value twice", "--vary", "steps=1,1");
    refused("vary (steps) is given twice", "--vary", "steps=1", "--vary", "steps=2");
    refused("vary is given 3 times", "--vary", "steps=1", "--vary", "seed=2", "--vary", "size=3");
    refused("vary (model) cannot be: a sheet has one model", "--vary", "model=a,b");
    String nine = "1,2,3,4,5,6,7,8,9";
    refused("a sheet of 81 cells", "--vary", "seed=" + nine, "--vary", "steps=" + nine);
    refused("cell (15) must be from 16 to 2048", "--vary", "seed=1", "--cell", "15");
    refused("cell (2048) makes a sheet of about", "--vary", "seed=" + nine, "--cell", "2048");
    job.with("--output", job.file("content.png"));
    refused("content.png: the output is the input", "--vary", "seed=1");
  }

  @Test
  void a_cancelled_sheet_keeps_its_cells() {
    CancellationToken cancellation = new CancellationToken();
    StringWriter said = new StringWriter();
    try (Stylizer stylizer = Stylizer.load(TinyModel.folder())) {
      SheetRuns runs =
          new SheetRuns(stylizer, cells("1", "2", "3"), 64, cancellation, new PrintWriter(said));
      runs.run(
          (number, cell, picture) -> {
            if (number == 2) {
              cancellation.cancel();
            }
          });
      assertThat(runs.exitCode()).isEqualTo(ExitCode.CANCELLED);
      assertThat(runs.shown()).isEqualTo(2);
      assertThat(runs.drawn()).hasSize(3);
      assertThat(runs.drawn().get(1).notes().get(0)).startsWith("3 steps, ");
      assertThat(runs.drawn().get(2).picture()).isEmpty();
      assertThat(runs.drawn().get(2).notes()).containsExactly("not run");
    }
    assertThat(said.toString()).contains("cell    2 of 3: seed 2").doesNotContain("cell    3");
  }

  private List<SheetCell> cells(String... seeds) {
    CommandLine line = Main.commandLine();
    List<String> arguments = job.arguments("sheet");
    arguments.addAll(List.of("--vary", "seed=" + String.join(",", seeds)));
    CommandLine.ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new)).subcommand();
    return Stream.of(seeds)
        .map(it -> new SheetCell(parsed, List.of(new SheetCell.Setting("seed", it))))
        .toList();
  }

  private CliRun painted(String... more) {
    CliRun run = job.run("sheet", more);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    return run;
  }

  private void refused(String part, String... more) {
    CliRun run = job.run("sheet", more);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("stylegraph: ").contains(part).doesNotContain("Exception");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(job.file("out.png")).doesNotExist();
  }

  private BufferedImage image(String name) {
    return PictureReader.read(job.file(name)).toBufferedImage();
  }

  /** Whether the picture is part of the sheet, pixel by pixel. */
  private static boolean shows(BufferedImage sheet, Picture picture) {
    BufferedImage part = picture.toBufferedImage();
    for (int y = 0; y <= sheet.getHeight() - part.getHeight(); y++) {
      for (int x = 0; x <= sheet.getWidth() - part.getWidth(); x++) {
        if (equal(sheet, x, y, part)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean equal(BufferedImage sheet, int left, int top, BufferedImage part) {
    for (int y = 0; y < part.getHeight(); y++) {
      for (int x = 0; x < part.getWidth(); x++) {
        if (sheet.getRGB(left + x, top + y) != part.getRGB(x, y)) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }
}
