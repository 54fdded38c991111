package io.stylegraph.image;

/**
 * What one output pixel of {@link PictureResizer} is made of, along one axis: source pixels in a
 * row and their weights, which sum to 1.
 */
final class Taps {
  private final int first;
  private final int last;
  private final double[] weights;

  private Taps(int first, int last, double[] weights) {
    this.first = first;
    this.last = last;
    this.weights = weights;
  }

  /** The taps of output pixel {@code i}, where {@code in} source pixels become {@code out}. */
  static Taps of(int i, int in, int out, Kernel kernel) {
    double ratio = (double) in / out;
    double widening = kernel.antialiases() ? Math.max(1, ratio) : 1;
    double centre = (i + 0.5) * ratio - 0.5;
    double reach = kernel.radius() * widening;
    int first = (int) Math.ceil(centre - reach);
    int count = (int) Math.floor(centre + reach) - first + 1;
    double[] weights = new double[count];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      boolean inside = first + k >= 0 && first + k < in;
      if (inside || kernel.repeatsEdge()) {
        weights[k] = kernel.weight((first + k - centre) / widening);
      }
      sum += weights[k];
    }
    for (int k = 0; k < count; k++) {
      weights[k] /= sum;
    }
    return new Taps(first, in - 1, weights);
  }

  int count() {
    return weights.length;
  }

  double weight(int k) {
    return weights[k];
  }

  /** The source pixel of tap {@code k}; beyond the edge, the edge pixel. */
  int source(int k) {
    return Math.max(0, Math.min(last, first + k));
  }
}
