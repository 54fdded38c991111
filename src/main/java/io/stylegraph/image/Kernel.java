package io.stylegraph.image;

/** The shape of the weights by which {@link PictureResizer} mixes pixels, along one axis. */
enum Kernel {
  /** Three lobes; widened when shrinking, the edge's pixel repeated beyond it. */
  LANCZOS(3) {
    @Override
    double weight(double x) {
      return Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
    }

    private double sinc(double x) {
      return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
  },
  /**
   * The cubic of Keys ("Cubic convolution interpolation for digital image processing", IEEE Trans.
   * ASSP 29, 1981) with a = -1/2.
   */
  CUBIC(2) {
    @Override
    double weight(double x) {
      double d = Math.abs(x);
      if (d >= 2) {
        return 0;
      }
      return d < 1 ? (1.5 * d - 2.5) * d * d + 1 : ((-0.5 * d + 2.5) * d - 4) * d + 2;
    }
  },
  /** A triangle. */
  LINEAR(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  };

  private final int radius;

  Kernel(int radius) {
    this.radius = radius;
  }

  /** How far from its middle it reaches, in source pixels when enlarging. */
  int radius() {
    return radius;
  }

  /** The weight of a pixel so far from the middle, before all are made to sum to 1. */
  abstract double weight(double x);

  /** Whether it is widened when shrinking, so that every source pixel counts. */
  boolean antialiases() {
    return this == LANCZOS;
  }

  /** Whether the edge's pixel repeats beyond it; else what is beyond has no weight. */
  boolean repeatsEdge() {
    return this == LANCZOS;
  }
}
