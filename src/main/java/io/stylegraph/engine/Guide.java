package io.stylegraph.engine;

import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.image.Mask;
import java.util.Arrays;

/**
 * How much each of a layer's features counts in a region's statistic. Features near the region's
 * edge see beyond it, so that the region is shrunk by half of their receptive field; where less
 * than a quarter of it would be left, by half of that, and so on: a small region must not vanish in
 * the deep layers. (Gatys et al., arXiv:1611.07865, section 4, guide by features whose receptive
 * fields lie inside.)
 */
final class Guide {
  private static final double LEAST_LEFT = 0.25;

  private Guide() {}

  /**
   * The weights, [rows * columns], which sum to 1.
   *
   * @param mask of any size, not black throughout
   */
  static float[] of(Mask mask, FeatureGrid grid) {
    float[] whole = mask.means(grid.columns(), grid.rows());
    double most = sum(whole);
    int reach =
        (grid.receptiveField() - grid.stride() + 2 * grid.stride() - 1) / (2 * grid.stride());
    for (int radius = Math.max(0, reach); radius > 0; radius /= 2) {
      float[] shrunk = shrunk(whole, grid, radius);
      if (sum(shrunk) >= LEAST_LEFT * most) {
        return normalised(shrunk);
      }
    }
    return normalised(whole);
  }

  /** All features alike. */
  static float[] uniform(FeatureGrid grid) {
    float[] weights = new float[grid.columns() * grid.rows()];
    Arrays.fill(weights, 1f / weights.length);
    return weights;
  }

  /**
   * The least value within so many features in each direction; there is nothing beyond the edge.
   */
  private static float[] shrunk(float[] whole, FeatureGrid grid, int radius) {
    float[] narrow = new float[whole.length];
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        int at = row * grid.columns();
        narrow[at + column] = least(whole, at, 1, column, grid.columns(), radius);
      }
    }
    float[] least = new float[whole.length];
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        least[row * grid.columns() + column] =
            least(narrow, column, grid.columns(), row, grid.rows(), radius);
      }
    }
    return least;
  }

  private static float least(
      float[] values, int offset, int stride, int centre, int count, int radius) {
    float least = 1;
    for (int i = Math.max(0, centre - radius); i <= Math.min(count - 1, centre + radius); i++) {
      least = Math.min(least, values[offset + i * stride]);
    }
    return least;
  }

  private static float[] normalised(float[] weights) {
    double sum = sum(weights);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] / sum);
    }
    return weights;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
