package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Scale;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that begin at smaller sizes: each part is the run of its own that it stands for. */
class SmallerScalesTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(70, 64, 1);
  private static final Picture STYLE = TinyModel.picture(80, 66, 2);
  private static final Recipe PLAIN =
      Recipes.TF_EAGER.toBuilder().optimizer("lbfgs").steps(4).build();
  private static final Recipe SCALED = PLAIN.toBuilder().scales(List.of(new Scale(0.5, 3))).build();

  private final List<StepReport> reports = new ArrayList<>();

  @Test
  void a_run_is_that_of_the_small_pictures_and_then_one_from_what_it_made() {
    Picture smallContent = PictureResizer.resize(CONTENT, 35, 32);
    Picture smallStyle = PictureResizer.resize(STYLE, 40, 33);
    List<Double> expected = new ArrayList<>();
    StepListener record = report -> expected.add(report.losses().total());
    Outcome small =
        run(PLAIN.toBuilder().steps(3).build(), smallContent, smallStyle, smallContent, record);
    Picture enlarged = PictureResizer.resize(small.picture(), 70, 64);
    Outcome whole = run(PLAIN, CONTENT, STYLE, enlarged, record);

    Outcome outcome = run(SCALED, CONTENT, STYLE, CONTENT, reports::add);
    assertThat(reports).hasSize(7);
    for (int i = 0; i < reports.size(); i++) {
      assertThat(reports.get(i).step()).isEqualTo(i + 1);
      assertThat(reports.get(i).steps()).isEqualTo(7);
      assertThat(reports.get(i).losses().total())
          .isCloseTo(expected.get(i), within(1e-3 * expected.get(i)));
    }
    assertThat(reports).extracting(StepReport::seconds).isSorted();
    assertThat(outcome.steps()).isEqualTo(7);
    assertThat(outcome.stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(outcome.picture().size()).isEqualTo(CONTENT.size());
    assertThat(outcome.losses().total())
        .isCloseTo(whole.losses().total(), within(1e-3 * whole.losses().total()));
  }

  /** The content term is of the content picture, though no step sees that picture. */
  @Test
  void content_is_compared_with_the_content_picture() {
    Recipe content = SCALED.toBuilder().styleWeight(0).tvWeight(0).build();
    run(content, CONTENT, STYLE, TinyModel.picture(70, 64, 3), reports::add);
    Recipe plain = content.toBuilder().scales(List.of()).build();
    try (StyleTransfer same = transfer(plain, CONTENT, STYLE, CONTENT)) {
      assertThat(same.evaluate().content()).isZero();
    }
    assertThat(reports).allSatisfy(it -> assertThat(it.losses().content()).isPositive());
  }

  @Test
  void intermediate_pictures_have_the_size_of_the_result() {
    List<PictureSize> sizes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    try (StyleTransfer run = transfer(SCALED, CONTENT, STYLE, CONTENT)) {
      assertThat(run.steps()).isEqualTo(7);
      run.run(
          RunOptions.none()
              .withListener(StepListener.none())
              .withPictures(
                  2,
                  (step, picture) -> {
                    steps.add(step);
                    sizes.add(picture.size());
                  }));
    }
    assertThat(steps).containsExactly(2, 4, 6);
    assertThat(sizes).containsOnly(CONTENT.size());
  }

  @Test
  void cancelled_at_a_smaller_scale_it_gives_the_best_there_enlarged() {
    CancellationToken token = new CancellationToken();
    try (StyleTransfer run = transfer(SCALED, CONTENT, STYLE, CONTENT)) {
      Outcome outcome =
          run.run(RunOptions.none().withListener(report -> token.cancel()).withCancellation(token));
      assertThat(outcome.stopReason()).isEqualTo(StopReason.CANCELLED);
      assertThat(outcome.steps()).isEqualTo(1);
      assertThat(outcome.picture().size()).isEqualTo(CONTENT.size());
    }
  }

  @Test
  void a_scale_too_small_for_the_network_is_left_out() {
    Recipe tiny = PLAIN.toBuilder().scales(List.of(new Scale(0.1, 5), new Scale(0.5, 3))).build();
    Outcome outcome = run(tiny, CONTENT, STYLE, CONTENT, reports::add);
    assertThat(outcome.steps()).isEqualTo(7);
    assertThat(reports).extracting(StepReport::steps).containsOnly(7);
  }

  @Test
  void losses_of_the_start_are_those_of_the_whole_picture() {
    Losses scaled;
    Losses plain;
    try (StyleTransfer run = transfer(SCALED, CONTENT, STYLE, CONTENT)) {
      scaled = run.evaluate();
    }
    try (StyleTransfer run = transfer(PLAIN, CONTENT, STYLE, CONTENT)) {
      plain = run.evaluate();
    }
    assertThat(scaled.total()).isCloseTo(plain.total(), within(1e-5 * plain.total()));
  }

  private static Outcome run(
      Recipe recipe, Picture content, Picture style, Picture start, StepListener listener) {
    try (StyleTransfer run = transfer(recipe, content, style, start)) {
      return run.run(RunOptions.none().withListener(listener));
    }
  }

  private static StyleTransfer transfer(
      Recipe recipe, Picture content, Picture style, Picture start) {
    return new StyleTransfer(
        NETWORK, recipe, ObjectiveTest.FP32, TransferPictures.of(content, style, start));
  }
}
