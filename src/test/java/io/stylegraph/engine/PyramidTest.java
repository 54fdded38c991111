package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.Pyramid;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pyramids: what each scale does, what it hands on, and the averages of its iterates. */
class PyramidTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(72, 64, 1);
  private static final Picture STYLE = TinyModel.picture(80, 66, 2);
  private static final PictureSize SMALL = new PictureSize(36, 32);
  private static final Recipe ADAM = Recipes.TF_EAGER.toBuilder().steps(4).build();

  /** Half the sides with 4 steps, then the own size with 3. */
  private static final Recipe PYRAMID = ADAM.toBuilder().pyramid(new Pyramid(36, 2, 0.75)).build();

  @TempDir private Path folder;
  private final List<StepReport> reports = new ArrayList<>();

  /** Adam in plain doubles from the resampled picture and moments, fed with the run's gradients. */
  @Test
  void the_picture_and_adams_moments_are_enlarged_and_its_steps_counted_on() {
    Outcome small = run(ADAM, smallContent(), smallStyle(), RunOptions.none());
    OptimizerState state = stateAfterFour();
    PictureSize size = CONTENT.size();
    float[] rgb = PictureResizer.bicubic(small.picture().rgb(), SMALL, size);
    float[] m = PictureResizer.bicubic(state.vectors().get("m"), SMALL, size);
    float[] v = PictureResizer.bilinear(state.vectors().get("v"), SMALL, size);
    double[] x = new double[rgb.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(0, Math.min(255, rgb[i]));
    }
    List<Double> expected = new ArrayList<>();
    for (int t = 5; t <= 7; t++) {
      try (StyleTransfer at = transfer(ADAM, CONTENT, STYLE, picture(x))) {
        expected.add(at.evaluate().total());
        float[] gradient = at.gradient();
        double rate = 10 * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        for (int i = 0; i < x.length; i++) {
          m[i] = (float) (0.9 * m[i] + 0.1 * gradient[i]);
          v[i] = (float) (0.999 * v[i] + 0.001 * gradient[i] * gradient[i]);
          x[i] = Math.max(0, Math.min(255, x[i] - rate * m[i] / (Math.sqrt(v[i]) + 1e-8)));
        }
      }
    }
    run(PYRAMID, CONTENT, STYLE, RunOptions.none().withListener(reports::add));
    assertThat(reports).hasSize(7);
    for (int i = 0; i < 3; i++) {
      assertThat(reports.get(4 + i).steps()).isEqualTo(7);
      assertThat(reports.get(4 + i).losses().total())
          .isCloseTo(expected.get(i), within(1e-3 * expected.get(i)));
    }
  }

  /** What Adam knows at the end of the small scale. */
  private OptimizerState stateAfterFour() {
    Path file = folder.resolve("small.checkpoint");
    run(ADAM, smallContent(), smallStyle(), RunOptions.none().withCheckpoints(4, file));
    return Checkpoint.read(file).state().optimizer();
  }

  @Test
  void lbfgs_begins_anew_from_the_enlarged_picture() {
    Recipe lbfgs = ADAM.toBuilder().optimizer("lbfgs").build();
    Picture small = run(lbfgs, smallContent(), smallStyle(), RunOptions.none()).picture();
    double[] rgb = clamped(PictureResizer.bicubic(small.rgb(), SMALL, CONTENT.size()));
    List<Double> expected = new ArrayList<>();
    try (StyleTransfer whole =
        transfer(lbfgs.toBuilder().steps(3).build(), CONTENT, STYLE, picture(rgb))) {
      whole.run(RunOptions.none().withListener(it -> expected.add(it.losses().total())));
    }
    Recipe pyramid = PYRAMID.toBuilder().optimizer("lbfgs").build();
    run(pyramid, CONTENT, STYLE, RunOptions.none().withListener(reports::add));
    for (int i = 0; i < 3; i++) {
      assertThat(reports.get(4 + i).losses().total())
          .isCloseTo(expected.get(i), within(1e-3 * expected.get(i)));
    }
  }

  @Test
  void of_a_scale_too_small_for_the_network_the_next_does_its_steps() {
    // The shorter sides are 4, 8, 16, 32 and 64, and 16 are needed.
    Recipe deep = PYRAMID.toBuilder().pyramid(new Pyramid(4, 2, 0.5)).build();
    try (StyleTransfer run = transfer(deep, CONTENT, STYLE, CONTENT)) {
      assertThat(run.steps()).isEqualTo(4 + 2 + 2);
      run.run(RunOptions.none().withListener(reports::add));
    }
    assertThat(reports).hasSize(8).allSatisfy(it -> assertThat(it.steps()).isEqualTo(8));
  }

  @Test
  void the_result_is_the_average_of_the_iterates_with_its_losses() {
    Recipe average = ADAM.toBuilder().keep(Keep.AVERAGE).averageDecay(0.6).build();
    List<Picture> iterates = new ArrayList<>();
    run(ADAM, CONTENT, STYLE, RunOptions.none().withPictures(1, (step, it) -> iterates.add(it)));
    List<Picture> shown = new ArrayList<>();
    Outcome outcome =
        run(average, CONTENT, STYLE, RunOptions.none().withPictures(1, (s, it) -> shown.add(it)));
    for (int t = 1; t <= 4; t++) {
      near(shown.get(t - 1), average(iterates.subList(0, t), 0.6));
    }
    near(outcome.picture(), average(iterates, 0.6));
    try (StyleTransfer at = transfer(ADAM, CONTENT, STYLE, outcome.picture())) {
      double total = outcome.losses().total();
      assertThat(at.evaluate().total()).isCloseTo(total, within(1e-4 * total));
    }
  }

  @Test
  void a_cancelled_run_gives_the_average_so_far() {
    Recipe average = ADAM.toBuilder().keep(Keep.AVERAGE).averageDecay(0.6).build();
    CancellationToken token = new CancellationToken();
    List<Picture> shown = new ArrayList<>();
    Outcome outcome =
        run(
            average,
            CONTENT,
            STYLE,
            RunOptions.none()
                .withCancellation(token)
                .withPictures(
                    2,
                    (step, picture) -> {
                      shown.add(picture);
                      token.cancel();
                    }));
    assertThat(outcome.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(outcome.steps()).isEqualTo(2);
    assertThat(outcome.picture().rgb()).isEqualTo(shown.get(0).rgb());
  }

  @Test
  void the_average_of_a_scale_begins_the_next() {
    Recipe average =
        PYRAMID.toBuilder().keep(Keep.AVERAGE).averageDecay(0.6).pyramid(PYRAMID.pyramid()).build();
    Recipe small = ADAM.toBuilder().keep(Keep.AVERAGE).averageDecay(0.6).build();
    Picture made = run(small, smallContent(), smallStyle(), RunOptions.none()).picture();
    double[] rgb = clamped(PictureResizer.bicubic(made.rgb(), SMALL, CONTENT.size()));
    run(average, CONTENT, STYLE, RunOptions.none().withListener(reports::add));
    try (StyleTransfer at = transfer(ADAM, CONTENT, STYLE, picture(rgb))) {
      double total = at.evaluate().total();
      assertThat(reports.get(4).losses().total()).isCloseTo(total, within(1e-4 * total));
    }
  }

  private static double[] average(List<Picture> pictures, double decay) {
    double[] sum = new double[pictures.get(0).rgb().length];
    double weights = 0;
    for (int t = 0; t < pictures.size(); t++) {
      double weight = Math.pow(decay, pictures.size() - 1 - t);
      weights += weight;
      float[] rgb = pictures.get(t).rgb();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * rgb[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= weights;
    }
    return sum;
  }

  private static void near(Picture picture, double[] expected) {
    float[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      assertThat((double) rgb[i]).isCloseTo(expected[i], within(1e-2));
    }
  }

  private static double[] clamped(float[] rgb) {
    double[] values = new double[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      values[i] = Math.max(0, Math.min(255, rgb[i]));
    }
    return values;
  }

  private static Picture picture(double[] rgb) {
    float[] floats = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      floats[i] = (float) rgb[i];
    }
    return Picture.of(CONTENT.width(), CONTENT.height(), floats);
  }

  private static Picture smallContent() {
    return PictureResizer.resize(CONTENT, 36, 32);
  }

  private static Picture smallStyle() {
    return PictureResizer.resize(STYLE, 40, 33);
  }

  private static Outcome run(Recipe recipe, Picture content, Picture style, RunOptions options) {
    try (StyleTransfer run = transfer(recipe, content, style, content)) {
      return run.run(options);
    }
  }

  private static StyleTransfer transfer(
      Recipe recipe, Picture content, Picture style, Picture start) {
    return new StyleTransfer(
        NETWORK, recipe, ObjectiveTest.FP32, TransferPictures.of(content, style, start));
  }
}
