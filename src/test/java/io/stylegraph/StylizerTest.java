package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.MissingLayersException;
import io.stylegraph.error.PictureException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Start;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The facade with pictures in memory, as an embedder uses it. */
class StylizerTest {
  private static final Stylizer STYLIZER = Stylizer.load(TinyModel.folder());
  private static final Picture CONTENT = TinyModel.picture(34, 32, 1);
  private static final StyleTransferRequest REQUEST = request(steps(3));

  @Test
  void pictures_in_memory_give_a_picture_in_memory() {
    StyleTransferResult result = STYLIZER.stylize(request(gentle(3)));
    assertThat(result.picture().width()).isEqualTo(34);
    assertThat(result.picture().height()).isEqualTo(32);
    assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(result.steps()).isEqualTo(3);
    assertThat(result.losses().total()).isLessThan(result.firstLosses().total());
    assertThat(STYLIZER.model().name()).isEqualTo("tiny-vgg");
  }

  @Test
  void listeners_hear_of_steps_and_pictures_in_order_on_the_callers_thread() {
    List<String> heard = new ArrayList<>();
    Thread caller = Thread.currentThread();
    STYLIZER.stylize(
        request(steps(4)),
        RunOptions.none()
            .withListener(
                report -> {
                  assertThat(Thread.currentThread()).isSameAs(caller);
                  heard.add("step " + report.step() + "/" + report.steps());
                })
            .withPictures(
                2, (step, picture) -> heard.add("picture " + step + " " + picture.width())));
    assertThat(heard)
        .containsExactly(
            "step 1/4", "step 2/4", "picture 2 34", "step 3/4", "step 4/4", "picture 4 34");
  }

  @Test
  void an_exception_of_a_listener_ends_the_run_and_comes_out() {
    IllegalStateException own = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                STYLIZER.stylize(
                    REQUEST,
                    watched(
                        report -> {
                          throw own;
                        })))
        .isSameAs(own);
  }

  @Test
  void cancelled_between_steps_it_keeps_the_best() {
    CancellationToken token = new CancellationToken();
    RunOptions options =
        RunOptions.none().withListener(report -> token.cancel()).withCancellation(token);
    StyleTransferResult result = STYLIZER.stylize(request(steps(100)), options);
    assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(result.steps()).isEqualTo(1);
  }

  @Test
  void cancelled_before_the_first_step_it_gives_the_start_back() {
    CancellationToken token = new CancellationToken();
    token.cancel();
    StyleTransferResult result =
        STYLIZER.stylize(
            REQUEST, RunOptions.none().withListener(report -> {}).withCancellation(token));
    assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(result.steps()).isZero();
    assertThat(result.losses()).isEqualTo(result.firstLosses());
  }

  @Test
  void evaluate_gives_the_losses_that_the_first_step_reports() {
    List<Double> totals = new ArrayList<>();
    STYLIZER.stylize(REQUEST, watched(report -> totals.add(report.losses().total())));
    assertThat(STYLIZER.evaluate(REQUEST).total()).isEqualTo(totals.get(0));
  }

  @Test
  void a_start_picture_is_resized_to_the_contents_size() {
    PictureSource large = PictureSource.of(TinyModel.picture(70, 90, 3), "start");
    try (StyleTransfer run = STYLIZER.prepare(REQUEST.withStart(large))) {
      assertThat(run.width()).isEqualTo(34);
      assertThat(run.height()).isEqualTo(32);
      assertThat(run.evaluate().content()).isPositive();
      assertThat(run.gradient()).hasSize(34 * 32 * 3);
    }
  }

  @Test
  void seeds_choose_the_noise() {
    Recipe noise = steps(1).toBuilder().start(Start.NOISE).build();
    StyleTransferRequest request = request(noise);
    double one = STYLIZER.evaluate(request.withSeed(1)).total();
    assertThat(STYLIZER.evaluate(request.withSeed(1)).total()).isEqualTo(one);
    assertThat(STYLIZER.evaluate(request.withSeed(2)).total()).isNotEqualTo(one);
  }

  @Test
  void nothing_is_said_of_a_job_that_is_refused() {
    List<JobPlan> said = new ArrayList<>();
    PictureSource small = PictureSource.of(TinyModel.picture(15, 40, 1), "upload 7");
    StyleTransferRequest bad = StyleTransferRequest.of(small, small);
    assertThatThrownBy(() -> STYLIZER.prepare(bad, Optional.empty(), said::add))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("upload 7: is 15x40 at this size");
    assertThat(said).isEmpty();
    STYLIZER.prepare(REQUEST, Optional.empty(), said::add).close();
    assertThat(said).hasSize(1);
    assertThat(said.get(0).steps()).isEqualTo(REQUEST.recipe().steps());
  }

  @Test
  void a_job_may_be_checked_without_being_run() {
    assertThat(STYLIZER.check(REQUEST).compute().threads()).isPositive();
    PictureSource small = PictureSource.of(TinyModel.picture(15, 40, 1), "upload 7");
    assertThatThrownBy(() -> STYLIZER.check(StyleTransferRequest.of(small, small)))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("upload 7: is 15x40 at this size");
  }

  @Test
  void noise_becomes_a_picture_of_the_same_texture() {
    PictureSource texture = PictureSource.of(TinyModel.picture(40, 33, 2), "texture");
    Recipe recipe = Recipes.STYLE_RECONSTRUCTION.toBuilder().steps(60).build();
    StyleTransferResult result =
        STYLIZER.stylize(StyleTransferRequest.of(texture, texture).withRecipe(recipe));
    assertThat(result.losses().content()).isZero();
    assertThat(result.losses().style()).isLessThan(result.firstLosses().style() / 10);
  }

  @Test
  void layers_are_checked_before_pictures_are_read() {
    Recipe foreign =
        Recipes.DEFAULT.toBuilder().styleLayers(List.of(new LayerWeight("conv9", 1))).build();
    PictureSource absent = PictureSource.of(Path.of("absent.png"));
    assertThatThrownBy(
            () -> STYLIZER.stylize(StyleTransferRequest.of(absent, absent).withRecipe(foreign)))
        .isInstanceOf(MissingLayersException.class);
  }

  @Test
  void requests_are_checked_when_they_are_made() {
    assertThatThrownBy(() -> REQUEST.withSize(-1))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("size (-1) must be from 0 to 32768");
    Recipe fromPicture = steps(1).toBuilder().start(Start.PICTURE).build();
    assertThatThrownBy(() -> REQUEST.withRecipe(fromPicture))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("start is picture, but no start picture is given");
    assertThatThrownBy(
            () -> REQUEST.withStart(PictureSource.of(CONTENT, "start")).withRecipe(steps(1)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("a start picture is given, but start is content");
  }

  private static RunOptions watched(StepListener listener) {
    return RunOptions.none().withListener(listener);
  }

  private static Recipe steps(int steps) {
    return Recipes.DEFAULT.toBuilder().steps(steps).build();
  }

  /** At a rate that improves the tiny model's picture from the first step on. */
  private static Recipe gentle(int steps) {
    return steps(steps).toBuilder().learningRate(0.5).build();
  }

  private static StyleTransferRequest request(Recipe recipe) {
    return StyleTransferRequest.of(
            PictureSource.of(CONTENT, "content"),
            PictureSource.of(TinyModel.picture(40, 33, 2), "style"))
        .withRecipe(recipe);
  }
}
