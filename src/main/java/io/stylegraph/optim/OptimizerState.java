package io.stylegraph.optim;

import java.util.Map;
import java.util.Objects;

/**
 * All that an optimiser knows beside its settings: one made from it goes on as the one it was taken
 * from would have, bit by bit. The arrays are the optimiser's own, to be read before its next move.
 *
 * @param numbers by name, all finite
 * @param products inner products by name
 * @param vectors of the point's length, by name
 */
public record OptimizerState(
    Map<String, Double> numbers, Map<String, double[]> products, Map<String, float[]> vectors) {
  static final String POINT = "point";

  /** Where the optimiser is. */
  public float[] point() {
    return vector(POINT);
  }

  /** The number of a name. */
  double number(String name) {
    return Objects.requireNonNull(numbers.get(name), name);
  }

  /** Whether a number is not zero. */
  boolean flag(String name) {
    return number(name) != 0;
  }

  /** The inner products of a name. */
  double[] product(String name) {
    return Objects.requireNonNull(products.get(name), name);
  }

  /** The vector of a name. */
  float[] vector(String name) {
    return Objects.requireNonNull(vectors.get(name), name);
  }
}
