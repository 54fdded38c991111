package io.stylegraph.engine;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A style layer's ops by name.
 *
 * @param layer its name
 * @param guides the placeholders of the features' weights, one a region; none where all count alike
 * @param statistic computed of what {@link ObjectiveOps#looking} names, by the first guide
 * @param blends the placeholders of an average of statistics; none where that is the target itself
 * @param made the targets, computed of the blends
 * @param targets the placeholders that take them, for each region
 * @param shares the placeholders of the factors on the losses, one a region
 */
record StyleOps(
    String layer,
    List<String> guides,
    List<String> statistic,
    List<String> blends,
    List<String> made,
    List<List<String>> targets,
    List<String> shares) {
  /** The same ops by other names. */
  StyleOps renamed(UnaryOperator<String> rename) {
    return new StyleOps(
        layer,
        all(guides, rename),
        all(statistic, rename),
        all(blends, rename),
        all(made, rename),
        targets.stream().map(it -> all(it, rename)).toList(),
        all(shares, rename));
  }

  private static List<String> all(List<String> names, UnaryOperator<String> rename) {
    return names.stream().map(rename).toList();
  }
}
