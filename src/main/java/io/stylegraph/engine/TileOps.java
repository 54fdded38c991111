package io.stylegraph.engine;

import java.util.List;
import java.util.Optional;

/**
 * What may be asked of a network's shallow part, by the names of the ops.
 *
 * @param picture the placeholder of the tile
 * @param style one for each style layer
 * @param content one for each content layer
 * @param cut what the deep part gets, if there is one
 * @param gradient with respect to the tile; absent where the network sees nothing
 */
record TileOps(
    String picture,
    List<Style> style,
    List<Content> content,
    Optional<Cut> cut,
    Optional<String> gradient) {
  /**
   * A style layer.
   *
   * @param layer its name
   * @param regions one at least
   */
  record Style(String layer, List<Region> regions) {}

  /**
   * A region of a style layer.
   *
   * @param guide the placeholder of the features' weights
   * @param means see {@link io.stylegraph.loss.StyleStatistics#means}
   * @param wholeMeans the placeholders of those of the whole picture
   * @param slopes those of the loss's gradients at the means
   */
  record Region(String guide, List<String> means, List<String> wholeMeans, List<String> slopes) {}

  /**
   * A content layer.
   *
   * @param layer its name
   * @param features themselves
   * @param guide the placeholder of their weights
   * @param target that of the content picture's features
   * @param error the part of the loss that they make
   * @param power of the features, likewise
   * @param slope the placeholder of the loss's gradient at the error
   */
  record Content(
      String layer,
      String features,
      String guide,
      String target,
      String error,
      String power,
      String slope) {}

  /**
   * What the deep part gets.
   *
   * @param features themselves
   * @param gradient the placeholder of the loss's gradient at them
   */
  record Cut(String features, String gradient) {}
}
