package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The balance of content and style as one number. */
class StrengthTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(40, 36, 1);
  private static final Picture STYLE = TinyModel.picture(45, 33, 2);
  private static final TransferPictures PICTURES = TransferPictures.of(CONTENT, STYLE, CONTENT);

  private static List<Recipe> recipes() {
    return List.of(
        Recipes.TF_EAGER,
        Recipes.FINE,
        Recipes.GATYS,
        Recipes.PYTORCH_WALKTHROUGH,
        Recipes.UDACITY);
  }

  /** Whatever the sizes of the terms are, their ratio at a picture of neither is the same. */
  @ParameterizedTest
  @MethodSource("recipes")
  void terms_have_one_ratio_at_grey_in_every_recipe(Recipe recipe) {
    for (double strength : new double[] {0.2, 0.5, 0.9}) {
      Recipe balanced = apply(strength, recipe);
      float[] grey = new float[3 * 40 * 36];
      Arrays.fill(grey, 127.5f);
      Losses losses;
      try (StyleTransfer run =
          new StyleTransfer(
              NETWORK,
              balanced,
              ObjectiveTest.FP32,
              PICTURES.startingFrom(Picture.of(40, 36, grey)))) {
        losses = run.evaluate();
      }
      double expected = 0.02 * Math.pow((1 - strength) / strength, 2);
      assertThat(losses.content() / losses.style()).isCloseTo(expected, within(1e-4 * expected));
      assertThat(balanced.styleWeight()).isEqualTo(recipe.styleWeight());
      assertThat(balanced.tvWeight()).isEqualTo(recipe.tvWeight());
    }
  }

  @Test
  void the_ends_leave_a_term_out() {
    Recipe contentAlone = apply(0, Recipes.TF_EAGER);
    assertThat(contentAlone.styleWeight()).isZero();
    assertThat(contentAlone.contentWeight()).isEqualTo(1e3);
    assertThat(apply(1, Recipes.TF_EAGER).contentWeight()).isZero();
  }

  private static Recipe apply(double strength, Recipe recipe) {
    return Strength.apply(strength, NETWORK, recipe, ObjectiveTest.FP32, PICTURES);
  }
}
