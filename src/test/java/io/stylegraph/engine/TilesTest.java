package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and gradient in tiles are those of the whole picture. */
class TilesTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(93, 71, 1);
  private static final Picture STYLE = TinyModel.picture(85, 67, 2);
  private static final Picture PICTURE = TinyModel.picture(93, 71, 3);

  @ParameterizedTest
  @MethodSource("recipes")
  void every_recipe(Recipe recipe) {
    agrees(recipe, TransferPictures.of(CONTENT, STYLE, PICTURE));
  }

  private static Stream<Recipe> recipes() {
    return Recipes.all().stream();
  }

  private static void agrees(Recipe recipe, TransferPictures pictures) {
    List<NetworkCut> cuts =
        NETWORK.backbone().cuts(recipe.network(), recipe.layersUsed(), recipe.form().activation());
    assertThat(cuts).isNotEmpty();
    Values whole = values(recipe, pictures, Optional.empty());
    for (NetworkCut cut : cuts) {
      for (int core : new int[] {16, 32, 48}) {
        System.out.println(recipe.name() + " " + cut.op() + " " + core);
        agrees(values(recipe, pictures, Optional.of(new TilePlan(cut, core))), whole);
      }
    }
  }

  private static void agrees(Values actual, Values expected) {
    near(actual.losses().style(), expected.losses().style());
    near(actual.losses().content(), expected.losses().content());
    near(actual.losses().tv(), expected.losses().tv());
    near(actual.losses().total(), expected.losses().total());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.gradient().length; i++) {
      largest = Math.max(largest, Math.abs(expected.gradient()[i]));
      difference = Math.max(difference, Math.abs(actual.gradient()[i] - expected.gradient()[i]));
    }
    assertThat(largest).isPositive();
    System.out.println("    " + difference / largest);
    assertThat(difference).isLessThanOrEqualTo(1e-5 * largest);
  }

  private static void near(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-5 * Math.abs(expected)));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Values(Losses losses, float[] gradient) {}

  private static Values values(Recipe recipe, TransferPictures pictures, Optional<TilePlan> tiles) {
    try (TransferSession session =
        new TransferSession(NETWORK, recipe, ObjectiveTest.FP32, pictures, tiles)) {
      TransferSession.Evaluation here = session.evaluateWithGradient();
      return new Values(here.losses(), here.gradient());
    }
  }
}
