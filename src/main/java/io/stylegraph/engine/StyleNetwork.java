package io.stylegraph.engine;

import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.PixelSpace;
import java.util.List;
import java.util.Map;
import org.tensorflow.types.TFloat32;

/** What looks at style pictures. */
interface StyleNetwork {
  /** The ops of the style layers, by the names under which they are fed. */
  List<StyleOps> style();

  /** Where the style layers' features lie in a picture, by layer. */
  Map<String, FeatureGrid> styleGrids(Picture picture);

  /**
   * The statistics of a style picture, those of one layer after those of the other; the caller
   * closes them.
   *
   * @param guides weights of the features, by the placeholder that takes them
   */
  List<TFloat32> statistics(Picture picture, PixelSpace pixels, Map<String, TFloat32> guides);

  /**
   * What a layer's loss takes of an average of statistics; the caller closes it.
   *
   * @param blend likewise
   */
  List<TFloat32> made(StyleOps style, List<TFloat32> blend);
}
