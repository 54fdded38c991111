package io.stylegraph.cli;

import io.stylegraph.engine.Outcome;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One panel of a sheet of reconstructions.
 *
 * @param label as the papers name the layer, in {@code conv3_1}
 * @param recipe that makes it
 */
record Reconstruction(String label, Recipe recipe) {
  /** Each layer's features alone. */
  static List<Reconstruction> ofContent(Recipe base, List<String> layers) {
    return layers.stream()
        .map(
            layer ->
                new Reconstruction(
                    name(layer),
                    base.toBuilder().contentLayers(List.of(new LayerWeight(layer, 1))).build()))
        .toList();
  }

  /**
   * Each layer's Gram matrix with those of the layers before it in the list, as in figure 1 of
   * Gatys, Ecker and Bethge (2015). The shares of the layers come to 1, as those of the recipe do.
   */
  static List<Reconstruction> ofStyle(Recipe base, List<String> layers) {
    return IntStream.rangeClosed(1, layers.size())
        .mapToObj(
            count ->
                new Reconstruction(
                    "up to " + name(layers.get(count - 1)),
                    base.toBuilder()
                        .styleLayers(
                            layers.subList(0, count).stream()
                                .map(layer -> new LayerWeight(layer, 1.0 / count))
                                .toList())
                        .build()))
        .toList();
  }

  /** The loss in parts of the target, without total variation. */
  double relativeLoss(Losses losses) {
    return (losses.content() + losses.style()) / (recipe.contentWeight() + recipe.styleWeight());
  }

  /** The panel of what came out. */
  ResultSheet.Panel drawn(Outcome outcome) {
    String cut =
        outcome.steps() < recipe.steps()
            ? ", %d of %d steps".formatted(outcome.steps(), recipe.steps())
            : "";
    return new ResultSheet.Panel(label + cut, outcome.picture().toBufferedImage());
  }

  private static String name(String layer) {
    return layer.replaceFirst("^block(\\d+)_conv(\\d+)$", "conv$1_$2");
  }
}
