package io.stylegraph.engine;

import io.stylegraph.backbone.FeatureGrid;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * How much each feature of a layer counts in a tile: as the guide says in its core, relative to one
 * another, and not at all around it.
 */
final class TileWeights {
  private final float[] values;
  private final double share;

  private TileWeights(float[] values, double share) {
    this.values = values;
    this.share = share;
  }

  /**
   * Of a layer.
   *
   * @param whole its features in the picture
   * @param own its features in the tile
   * @param guide of the picture's features, of sum 1; absent for all alike
   */
  static TileWeights of(
      Tile tile, FeatureGrid whole, FeatureGrid own, Optional<FloatDataBuffer> guide) {
    float[] values = new float[own.rows() * own.columns()];
    Tile.Block core = tile.core(whole);
    Tile.Block place = tile.coreInside(whole);
    float alike = 1f / core.size();
    double sum = 0;
    for (int row = 0; row < core.height(); row++) {
      int to = (place.top() + row) * own.columns() + place.left();
      long from = (long) (core.top() + row) * whole.columns() + core.left();
      guide.ifPresent(it -> it.offset(from).read(values, to, core.width()));
      for (int i = to; i < to + core.width(); i++) {
        values[i] = guide.isPresent() ? values[i] : alike;
        sum += values[i];
      }
    }
    double share =
        guide.isPresent() ? sum : core.size() / ((double) whole.rows() * whole.columns());
    return new TileWeights(normalised(values, sum), share);
  }

  private static float[] normalised(float[] values, double sum) {
    if (sum > 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (values[i] / sum);
      }
    }
    return values;
  }

  /** Of sum 1, or 0 where nothing counts; the caller closes it. */
  TFloat32 tensor() {
    return Tensors.of(Shape.of(values.length), values);
  }

  /** How much the tile counts in the picture. */
  double share() {
    return share;
  }
}
