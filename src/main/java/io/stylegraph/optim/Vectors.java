package io.stylegraph.optim;

/** Loops over float vectors of one length; sums are kept in double. */
final class Vectors {
  private Vectors() {}

  /** The inner product. */
  static double dot(float[] a, float[] b) {
    return dot(a, b, 0, a.length);
  }

  /**
   * A part of the inner product, in four running sums, so that one addition need not wait for
   * another.
   */
  static double dot(float[] a, float[] b, int from, int to) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      sum0 += (double) a[i] * b[i];
      sum1 += (double) a[i + 1] * b[i + 1];
      sum2 += (double) a[i + 2] * b[i + 2];
      sum3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < to; i++) {
      sum0 += (double) a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** {@code target += factor * a}. */
  static void addScaled(float[] target, double factor, float[] a) {
    addScaled(target, factor, a, 0, target.length);
  }

  /** Likewise, a part. */
  static void addScaled(float[] target, double factor, float[] a, int from, int to) {
    float f = (float) factor;
    for (int i = from; i < to; i++) {
      target[i] += f * a[i];
    }
  }

  /** {@code target *= factor}. */
  static void scale(float[] target, double factor) {
    scale(target, factor, 0, target.length);
  }

  /** Likewise, a part. */
  static void scale(float[] target, double factor, int from, int to) {
    float f = (float) factor;
    for (int i = from; i < to; i++) {
      target[i] *= f;
    }
  }

  /** {@code target = a - b}. */
  static void subtract(float[] a, float[] b, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = a[i] - b[i];
    }
  }

  /** {@code target = -a}. */
  static void negate(float[] a, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = -a[i];
    }
  }

  static void copy(float[] source, float[] target) {
    System.arraycopy(source, 0, target, 0, target.length);
  }

  /** The largest absolute value. */
  static float maxAbs(float[] a) {
    float max = 0;
    for (float value : a) {
      max = Math.max(max, Math.abs(value));
    }
    return max;
  }

  /** The sum of the absolute values; not finite if one of them is not. */
  static double absSum(float[] a) {
    double sum = 0;
    for (float value : a) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
