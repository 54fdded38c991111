package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.common.math.Stats;
import com.google.common.primitives.Floats;
import io.stylegraph.error.TooManyPixelsException;
import io.stylegraph.image.ColourMatching;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.Noise;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Start;
import org.junit.jupiter.api.Test;

/** The first picture: noise of each kind, and the content in other colours. */
class JobPicturesTest {
  private static final int SIDE = 128;
  private static final long PIXELS = 1_000_000;
  private static final int SAMPLES = SIDE * SIDE * 3;

  /** Of n draws, the mean has a deviation of sigma/sqrt(n), and sigma about sigma/sqrt(2n). */
  private static final double FOUR_SIGMA = 4 / Math.sqrt(SAMPLES);

  @Test
  void uniform_noise_fills_0_to_255() {
    float[] noise = noise(Recipes.GATYS, 1);
    double sigma = 255 / Math.sqrt(12);
    assertThat(Stats.meanOf(Floats.asList(noise))).isCloseTo(127.5, within(FOUR_SIGMA * sigma));
    assertThat(Stats.of(Floats.asList(noise)).populationStandardDeviation())
        .isCloseTo(sigma, within(FOUR_SIGMA * sigma));
    assertThat(Floats.min(noise)).isBetween(0f, 0.1f);
    assertThat(Floats.max(noise)).isBetween(254.9f, 255f);
  }

  @Test
  void normal_noise_is_standard_normal_in_the_optimisers_pixels() {
    Recipe recipe = Recipes.PYTORCH_WALKTHROUGH;
    float[] rgb = noise(recipe, 1);
    Stats stats = Stats.of(Floats.asList(recipe.pixels().fromBytes(rgb)));
    assertThat(stats.mean()).isCloseTo(0, within(FOUR_SIGMA));
    assertThat(stats.populationStandardDeviation()).isCloseTo(1, within(FOUR_SIGMA));
    assertThat(Floats.min(rgb)).isNegative();
    assertThat(Floats.max(rgb)).isGreaterThan(255);
  }

  @Test
  void bounds_clamp_it_and_half_of_it_lies_below_0() {
    float[] bounded = noise(Recipes.PYTORCH_TUTORIAL, 1);
    assertThat(Floats.min(bounded)).isZero();
    assertThat(Floats.max(bounded)).isEqualTo(255);
    LbfgsSettings settings = (LbfgsSettings) Recipes.PYTORCH_TUTORIAL.optimizer();
    Recipe unbounded =
        Recipes.PYTORCH_TUTORIAL.toBuilder()
            .optimizer(
                new LbfgsSettings(
                    settings.learningRate(),
                    settings.history(),
                    settings.scaling(),
                    settings.maxIterations(),
                    settings.toleranceGradient(),
                    settings.toleranceChange(),
                    settings.climbLimit(),
                    LbfgsSettings.Bounds.NONE))
            .build();
    float[] free = noise(unbounded, 1);
    int below = 0;
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(bounded[i]).isEqualTo(Math.max(0, Math.min(255, free[i])));
      below += free[i] < 0 ? 1 : 0;
    }
    assertThat((double) below / SAMPLES).isCloseTo(0.5, within(FOUR_SIGMA));
  }

  @Test
  void a_seed_is_one_noise_of_each_kind() {
    for (Noise kind : Noise.values()) {
      Recipe recipe = Recipes.UDACITY.toBuilder().noise(kind).build();
      assertThat(noise(recipe, 3)).isEqualTo(noise(recipe, 3)).isNotEqualTo(noise(recipe, 4));
    }
    assertThat(noise(Recipes.PYTORCH_WALKTHROUGH, 3)).isNotEqualTo(noise(Recipes.UDACITY, 3));
  }

  /** An unbounded optimiser carries on from, and leaves, what lies outside of 0-255. */
  @Test
  void values_outside_of_the_range_survive_a_run() {
    Recipe recipe =
        Recipes.PYTORCH_WALKTHROUGH.toBuilder()
            .learningRate(1e-6)
            .steps(1)
            .start(Start.NOISE)
            .build();
    StyleTransferRequest request = request(recipe, TinyModel.picture(34, 32, 1));
    float[] start = JobPictures.read(request, 1, PIXELS).start().rgb();
    float[] result = Stylizer.load(TinyModel.folder()).stylize(request).picture().rgb();
    assertThat(Floats.min(start)).isNegative();
    assertThat(result).containsExactly(start, within(1e-3f));
  }

  @Test
  void recoloured_is_the_content_in_the_colours_of_the_style() {
    Picture content = TinyModel.picture(34, 32, 1);
    Picture style = TinyModel.picture(20, 30, 2);
    Recipe recipe = Recipes.TF_EAGER.toBuilder().start(Start.RECOLOURED).build();
    StyleTransferRequest request =
        StyleTransferRequest.of(
                PictureSource.of(content, "content"), PictureSource.of(style, "style"))
            .withRecipe(recipe);
    assertThat(JobPictures.read(request, 1, PIXELS).start().rgb())
        .isEqualTo(ColourMatching.apply(content, style, ColourMatching.Method.CHOLESKY).rgb())
        .isNotEqualTo(content.rgb());
  }

  @Test
  void a_picture_of_too_many_pixels_is_refused_with_the_size_that_fits() {
    Picture wide = TinyModel.picture(60, 41, 1);
    StyleTransferRequest request =
        StyleTransferRequest.of(
            PictureSource.of(TinyModel.picture(20, 20, 1), "content"),
            PictureSource.of(wide, "upload 7"));
    TooManyPixelsException refusal =
        catchThrowableOfType(
            TooManyPixelsException.class, () -> JobPictures.read(request.withSize(0), 1, 1000));
    assertThat(refusal)
        .hasMessage(
            "upload 7: has 2460 pixels at this size, and 1000 are allowed; the largest size that"
                + " fits is --size 38");
    assertThat(refusal.pixels()).isEqualTo(2460);
    assertThat(refusal.limit()).isEqualTo(1000);
    Picture fitting =
        JobPictures.read(request.withSize(refusal.largestSize()), 1, 1000)
            .styles()
            .get(0)
            .picture();
    assertThat(fitting.size().pixels()).isLessThanOrEqualTo(1000);
    assertThat(wide.size().fit(refusal.largestSize() + 1).pixels()).isGreaterThan(1000);
  }

  private static float[] noise(Recipe recipe, long seed) {
    Recipe fromNoise = recipe.toBuilder().start(Start.NOISE).build();
    StyleTransferRequest request = request(fromNoise, TinyModel.picture(SIDE, SIDE, 1));
    return JobPictures.read(request.withSeed(seed), 1, PIXELS).start().rgb();
  }

  private static StyleTransferRequest request(Recipe recipe, Picture picture) {
    PictureSource source = PictureSource.of(picture, "content");
    return StyleTransferRequest.of(source, source).withRecipe(recipe);
  }
}
