package io.stylegraph.engine;

import java.util.List;
import java.util.Optional;

/**
 * What may be asked of the part of an objective that is computed of the whole picture, by the names
 * of the ops.
 *
 * @param losses of which the picture is looked at for its total variation alone
 * @param weights the placeholders of the weights of style, content and total variation
 * @param style one for each style layer
 * @param summed one for each style layer of the shallow part
 * @param content likewise for the content layers
 * @param cut the placeholder of what the deep part gets, and the total's gradient there
 * @param gradient of the total variation with respect to the picture, where it has a weight
 */
record HeadOps(
    LossOps losses,
    List<String> weights,
    List<StyleOps> style,
    List<Summed> summed,
    List<SummedContent> content,
    Optional<Cut> cut,
    Optional<String> gradient) {
  /**
   * A style layer of the shallow part; its tensors are as in {@link TileOps.Region}.
   *
   * @param layer its name
   * @param positions the placeholder of the number of features
   * @param means those of the whole picture's means, by region
   * @param slopes the total's gradients at them
   */
  record Summed(
      String layer, String positions, List<List<String>> means, List<List<String>> slopes) {}

  /**
   * A content layer of the shallow part.
   *
   * @param layer its name
   * @param error the placeholder of the mean squared difference
   * @param power that of the target's mean square
   * @param entries that of how many numbers the features are
   * @param slope the total's gradient at the error
   */
  record SummedContent(String layer, String error, String power, String entries, String slope) {}

  /**
   * What the deep part gets.
   *
   * @param features the placeholder
   * @param gradient of the total
   */
  record Cut(String features, String gradient) {}
}
