package io.stylegraph;

import io.stylegraph.engine.Checkpoint;
import io.stylegraph.recipe.Recipe;
import java.nio.file.Path;
import java.util.Optional;

/** The recipe of a job that goes on from a checkpoint. */
final class Resumption {
  /** More than measuring a strength's weights with another precision changes them. */
  private static final double SAME_WEIGHT = 0.02;

  private Resumption() {}

  /** The request's, with the checkpoint's weights where a strength has yet to be measured. */
  static Recipe expected(StyleTransferRequest request, Path checkpoint) {
    return request.strength().isPresent()
        ? withWeights(request.recipe(), Checkpoint.read(checkpoint).recipe())
        : request.recipe();
  }

  /**
   * The recipe to run: where a strength's weights came out as the checkpoint's but for rounding,
   * with the checkpoint's.
   *
   * @param measured the request's, with the weights of its strength if it has one
   */
  static Recipe settled(StyleTransferRequest request, Recipe measured, Optional<Path> checkpoint) {
    if (request.strength().isEmpty() || checkpoint.isEmpty()) {
      return measured;
    }
    Recipe saved = Checkpoint.read(checkpoint.get()).recipe();
    boolean same =
        near(measured.styleWeight(), saved.styleWeight())
            && near(measured.contentWeight(), saved.contentWeight());
    return same ? withWeights(measured, saved) : measured;
  }

  private static Recipe withWeights(Recipe recipe, Recipe of) {
    return recipe.toBuilder()
        .styleWeight(of.styleWeight())
        .contentWeight(of.contentWeight())
        .build();
  }

  private static boolean near(double weight, double other) {
    return Math.abs(weight - other) <= SAME_WEIGHT * Math.abs(other);
  }
}
