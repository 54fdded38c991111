package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.error.MissingLayersException;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.image.Picture;
import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop: Adam's steps, the best picture, and every way to stop. */
class StyleTransferTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(34, 32, 1);
  private static final Picture STYLE = TinyModel.picture(40, 33, 2);
  private static final Recipe RECIPE = Recipes.TF_EAGER.toBuilder().steps(6).build();

  /** Kingma and Ba's update in TensorFlow's form, in doubles, fed with the engine's gradients. */
  @ParameterizedTest
  @ValueSource(strings = {"tf-eager", "tf-tutorial", "udacity", "pytorch-walkthrough"})
  void steps_are_adam_in_the_pixel_space_in_plain_doubles(String name) {
    Recipe recipe = Recipes.named(name).toBuilder().steps(6).build();
    AdamSettings adam = (AdamSettings) recipe.optimizer();
    PixelSpace pixels = recipe.pixels();
    double[] x = doubles(pixels.fromBytes(CONTENT.rgb()));
    double[] m = new double[x.length];
    double[] v = new double[x.length];
    List<Losses> expected = new ArrayList<>();
    for (int t = 1; t <= 5; t++) {
      float[] gradient;
      try (StyleTransfer at = start(recipe, picture(pixels, x))) {
        expected.add(at.evaluate());
        gradient = at.gradient();
      }
      double rate =
          adam.learningRate()
              * Math.sqrt(1 - Math.pow(adam.beta2(), t))
              / (1 - Math.pow(adam.beta1(), t));
      for (int i = 0; i < x.length; i++) {
        double g = gradient[i] * pixels.scale()[i % 3];
        m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
        v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
        x[i] -= rate * m[i] / (Math.sqrt(v[i]) + adam.epsilon());
        if (adam.clip()) {
          x[i] = Math.max(pixels.lower(), Math.min(pixels.upper(), x[i]));
        }
      }
    }
    List<StepReport> reports = new ArrayList<>();
    run(recipe, CONTENT, reports::add);
    for (int t = 0; t < expected.size(); t++) {
      assertThat(reports.get(t).step()).isEqualTo(t + 1);
      assertThat(reports.get(t).losses().total())
          .isCloseTo(expected.get(t).total(), within(1e-4 * expected.get(t).total()));
    }
  }

  @Test
  void a_recipe_that_keeps_the_last_picture_gives_the_last_with_its_losses() {
    Recipe wild = RECIPE.toBuilder().learningRate(120).steps(12).keep(Keep.LAST).build();
    List<Double> totals = new ArrayList<>();
    Outcome outcome = run(wild, CONTENT, report -> totals.add(report.losses().total()));
    double lowest = totals.stream().min(Double::compare).orElseThrow();
    assertThat(outcome.losses().total()).isGreaterThan(lowest);
    try (StyleTransfer again = start(RECIPE, outcome.picture())) {
      double total = outcome.losses().total();
      assertThat(again.evaluate().total()).isCloseTo(total, within(1e-5 * total));
    }
  }

  @Test
  void lbfgs_steps_are_those_of_the_optimiser_fed_by_hand() {
    Recipe lbfgs = RECIPE.toBuilder().optimizer("lbfgs").build();
    LbfgsOptimizer byHand = new LbfgsOptimizer(Recipes.LBFGS, CONTENT.rgb(), 0, 255);
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < lbfgs.steps(); i++) {
      try (StyleTransfer at = start(lbfgs, picture(PixelSpace.BYTES, doubles(byHand.point())))) {
        double total = at.evaluate().total();
        expected.add(total);
        byHand.tell(total, at.gradient());
      }
    }
    List<Double> totals = new ArrayList<>();
    Outcome outcome = run(lbfgs, CONTENT, report -> totals.add(report.losses().total()));
    assertThat(totals).hasSize(expected.size());
    for (int i = 0; i < totals.size(); i++) {
      assertThat(totals.get(i)).isCloseTo(expected.get(i), within(1e-4 * expected.get(i)));
    }
    assertThat(outcome.losses().total()).isLessThan(outcome.first().total());
  }

  @Test
  void the_result_is_the_best_picture_and_its_losses_are_those_reported() {
    // A rate at which the loss goes up and down.
    Recipe wild = RECIPE.toBuilder().learningRate(120).steps(12).build();
    List<Double> totals = new ArrayList<>();
    Outcome outcome = run(wild, CONTENT, report -> totals.add(report.losses().total()));
    double lowest = totals.stream().min(Double::compare).orElseThrow();
    assertThat(outcome.losses().total()).isLessThanOrEqualTo(lowest);
    assertThat(outcome.first().total()).isEqualTo(totals.get(0));
    try (StyleTransfer again = start(RECIPE, outcome.picture())) {
      double total = outcome.losses().total();
      assertThat(again.evaluate().total()).isCloseTo(total, within(1e-5 * total));
    }
  }

  @Test
  void one_step_is_enough_to_change_the_picture_for_the_better() {
    Recipe oneSmallStep = RECIPE.toBuilder().steps(1).learningRate(0.5).build();
    Outcome outcome = run(oneSmallStep, CONTENT, StepListener.none());
    assertThat(outcome.losses().total()).isLessThan(outcome.first().total());
    assertThat(outcome.picture().rgb()).isNotEqualTo(CONTENT.rgb());
  }

  @Test
  void every_step_is_reported_once_with_its_terms_adding_up() {
    List<StepReport> reports = new ArrayList<>();
    Outcome outcome = run(RECIPE, CONTENT, reports::add);
    assertThat(reports).extracting(StepReport::step).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(reports)
        .allSatisfy(
            report -> {
              Losses losses = report.losses();
              double sum = losses.content() + losses.style() + losses.tv();
              assertThat(losses.total()).isCloseTo(sum, within(1e-5 * sum));
            });
    assertThat(reports.get(0).losses().content()).isZero();
    assertThat(outcome.stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(outcome.steps()).isEqualTo(6);
  }

  @Test
  void pictures_stay_within_0_and_255() {
    Recipe fast = RECIPE.toBuilder().learningRate(200).build();
    List<float[]> pictures = new ArrayList<>();
    try (StyleTransfer run = start(fast, CONTENT)) {
      run.run(
          RunOptions.none()
              .withListener(StepListener.none())
              .withPictures(2, (step, picture) -> pictures.add(picture.rgb())));
    }
    assertThat(pictures).hasSize(3);
    for (float[] rgb : pictures) {
      for (float value : rgb) {
        assertThat(value).isBetween(0f, 255f);
      }
    }
  }

  @Test
  void cancelling_stops_at_the_next_step_and_keeps_the_best() {
    CancellationToken token = new CancellationToken();
    StepListener cancelAtThree =
        report -> {
          if (report.step() == 3) {
            token.cancel();
          }
        };
    try (StyleTransfer run = start(RECIPE.toBuilder().learningRate(0.5).build(), CONTENT)) {
      Outcome outcome =
          run.run(RunOptions.none().withListener(cancelAtThree).withCancellation(token));
      assertThat(outcome.stopReason()).isEqualTo(StopReason.CANCELLED);
      assertThat(outcome.steps()).isEqualTo(3);
      assertThat(outcome.losses().total()).isLessThan(outcome.first().total());
    }
  }

  @Test
  void an_interrupt_stops_the_loop_and_stays_visible() {
    Outcome outcome = run(RECIPE, CONTENT, report -> Thread.currentThread().interrupt());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(outcome.steps()).isEqualTo(1);
  }

  @Test
  void a_first_loss_that_is_not_finite_names_its_step() {
    Recipe absurd = RECIPE.toBuilder().styleWeight(1e38).build();
    assertThatThrownBy(() -> run(absurd, CONTENT, StepListener.none()))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageContaining("step 1")
        .hasMessageContaining("smaller weights");
  }

  @Test
  void the_same_run_gives_the_same_picture() {
    assertThat(run(RECIPE, CONTENT, StepListener.none()).losses().total())
        .isEqualTo(run(RECIPE, CONTENT, StepListener.none()).losses().total(), within(1e-3));
  }

  @Test
  void layers_that_are_not_there_are_named_with_those_that_are() {
    Recipe foreign = RECIPE.toBuilder().styleLayers(List.of(new LayerWeight("conv9", 1))).build();
    assertThatThrownBy(() -> start(foreign, CONTENT))
        .isInstanceOf(MissingLayersException.class)
        .hasMessageContaining("conv9")
        .hasMessageContaining("block5_conv2");
  }

  private static Outcome run(Recipe recipe, Picture start, StepListener listener) {
    try (StyleTransfer run = start(recipe, start)) {
      return run.run(RunOptions.none().withListener(listener));
    }
  }

  private static StyleTransfer start(Recipe recipe, Picture start) {
    return new StyleTransfer(
        NETWORK, recipe, ObjectiveTest.FP32, TransferPictures.of(CONTENT, STYLE, start));
  }

  private static double[] doubles(float[] rgb) {
    double[] values = new double[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      values[i] = rgb[i];
    }
    return values;
  }

  private static Picture picture(PixelSpace pixels, double[] values) {
    float[] rgb = new float[values.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) values[i];
    }
    return Picture.of(CONTENT.width(), CONTENT.height(), pixels.toBytes(rgb));
  }
}
