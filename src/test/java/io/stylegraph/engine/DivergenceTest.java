package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs whose loss explodes: back to the best picture with smaller steps, and when to stop. */
class DivergenceTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(70, 64, 1);
  private static final Picture STYLE = TinyModel.picture(80, 66, 2);

  /** Without bounds pixels go as far as the rate takes them. */
  private static final Recipe UNBOUNDED =
      Recipes.UDACITY.toBuilder().steps(30).keep(Keep.BEST).build();

  private final List<StepReport> reports = new ArrayList<>();

  @Test
  void after_three_resets_it_stops_with_the_best_picture() {
    Outcome outcome = run(UNBOUNDED.toBuilder().learningRate(1e9).build());
    assertThat(outcome.stopReason()).isEqualTo(StopReason.DIVERGED);
    // The best, and three times where it led to and the best again; then once more where it led to.
    assertThat(outcome.steps()).isEqualTo(7);
    assertThat(outcome.losses()).isEqualTo(outcome.first());
    assertThat(outcome.picture().rgb()).isEqualTo(bytesAndBack(CONTENT));
    assertThat(reports).hasSize(7);
  }

  @Test
  void each_reset_halves_the_rate_and_a_run_that_is_saved_by_one_goes_on() {
    double rate = 1;
    while (run(UNBOUNDED.toBuilder().learningRate(rate).build()).stopReason()
        != StopReason.DIVERGED) {
      assertThat(rate).isLessThan(1e9);
      rate *= 2;
    }
    // A run at this one diverged four times, so at half of it three times at most.
    reports.clear();
    Outcome saved = run(UNBOUNDED.toBuilder().learningRate(rate / 2).build());
    assertThat(saved.stopReason()).isEqualTo(StopReason.COMPLETED);
    double first = saved.first().total();
    List<StepReport> bad =
        reports.stream().filter(it -> !(it.losses().total() <= Resets.EXPLOSION * first)).toList();
    assertThat(bad).hasSize(3);
    assertThat(saved.losses().total()).isLessThanOrEqualTo(first);
    assertThat(saved.steps()).isEqualTo(30);
    // After a bad step the best picture is looked at again.
    for (StepReport it : bad) {
      double least =
          reports.subList(0, it.step()).stream()
              .mapToDouble(report -> report.losses().total())
              .filter(Double::isFinite)
              .min()
              .orElseThrow();
      assertThat(reports.get(it.step()).losses().total()).isEqualTo(least);
    }
  }

  @Test
  void what_counts_as_diverged() {
    Optional<Losses> first = Optional.of(losses(2));
    assertThat(Resets.diverged(losses(19_999), new float[2], first)).isFalse();
    assertThat(Resets.diverged(losses(20_001), new float[2], first)).isTrue();
    assertThat(Resets.diverged(losses(20_001), new float[2], Optional.empty())).isFalse();
    assertThat(Resets.diverged(losses(1), new float[2], Optional.of(losses(0)))).isFalse();
    assertThat(Resets.diverged(losses(1), new float[2], Optional.of(losses(-3)))).isFalse();
    assertThat(Resets.diverged(losses(Double.NaN), new float[2], first)).isTrue();
    assertThat(Resets.diverged(losses(1), new float[] {1, Float.NaN}, first)).isTrue();
    float[] infinite = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    assertThat(Resets.diverged(losses(1), infinite, first)).isTrue();
  }

  /** Gram matrices that are not normalised grow with the picture, so the larger one overflows. */
  @Test
  void a_loss_that_is_not_finite_at_the_first_look_at_a_larger_scale_keeps_what_came_before() {
    Recipe scaled =
        Recipes.UDACITY.toBuilder()
            .contentWeight(0)
            .learningRate(1e-4)
            .scales(List.of(new Scale(0.5, 3)))
            .steps(5)
            .build();
    double small;
    Picture half = PictureResizer.resize(CONTENT, 35, 32);
    try (StyleTransfer at =
        transfer(scaled.toBuilder().styleWeight(1).scales(List.of()).build(), half)) {
      small = at.evaluate().total();
    }
    // Four times the pixels make the sums four times as large, and the divisor grows as much.
    Recipe overflowing = scaled.toBuilder().styleWeight(1.5e38 / small).build();
    Outcome outcome = run(overflowing);
    assertThat(outcome.stopReason()).isEqualTo(StopReason.NON_FINITE_LOSS);
    assertThat(outcome.steps()).isEqualTo(3);
    assertThat(outcome.losses().isFinite()).isTrue();
    assertThat(outcome.picture().size()).isEqualTo(CONTENT.size());
  }

  private Outcome run(Recipe recipe) {
    try (StyleTransfer run = transfer(recipe, CONTENT)) {
      return run.run(RunOptions.none().withListener(reports::add));
    }
  }

  private static StyleTransfer transfer(Recipe recipe, Picture content) {
    Picture style = content == CONTENT ? STYLE : PictureResizer.resize(STYLE, 40, 33);
    return new StyleTransfer(
        NETWORK, recipe, ObjectiveTest.FP32, TransferPictures.of(content, style, content));
  }

  private static float[] bytesAndBack(Picture picture) {
    return UNBOUNDED.pixels().toBytes(UNBOUNDED.pixels().fromBytes(picture.rgb()));
  }

  private static Losses losses(double total) {
    return new Losses(total, 0, total, 0);
  }
}
