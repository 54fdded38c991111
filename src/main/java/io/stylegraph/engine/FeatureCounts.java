package io.stylegraph.engine;

import io.stylegraph.backbone.Manifest;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.recipe.Recipe;
import java.util.Collection;

/**
 * How many numbers a pixel some of a network's layers are: {@code Σ channels / stride²}.
 *
 * @param all up to the deepest one used
 * @param content of those that are compared with the content
 * @param style of those that are compared with the style
 */
record FeatureCounts(double all, double content, double style) {
  /**
   * Those of a part of the network.
   *
   * @param used the layers that are looked at in that part
   * @param stride that the part begins with
   */
  static FeatureCounts of(Manifest manifest, Recipe recipe, Collection<String> used, int stride) {
    double all = 0;
    double upToDeepest = 0;
    double content = 0;
    double style = 0;
    for (Manifest.Layer layer : manifest.layers()) {
      double numbers = layer.stride() < stride ? 0 : layer.channels() / Math.pow(layer.stride(), 2);
      all += numbers;
      if (used.contains(layer.name())) {
        upToDeepest = all;
        content += recipe.contentLayersUsed().contains(layer.name()) ? numbers : 0;
        style += recipe.styleLayersUsed().contains(layer.name()) ? numbers : 0;
      }
    }
    return new FeatureCounts(upToDeepest, content, style);
  }

  /** Those of all layers before a cut, or of the whole network. */
  static double before(Manifest manifest, NetworkCut cut) {
    return manifest.layers().stream()
        .filter(layer -> cut.op().isEmpty() || layer.stride() < cut.stride())
        .mapToDouble(layer -> layer.channels() / Math.pow(layer.stride(), 2))
        .sum();
  }
}
