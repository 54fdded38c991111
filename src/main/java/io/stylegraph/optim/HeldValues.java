package io.stylegraph.optim;

/** The values that a direction must leave alone, by index. Usually few, so they are listed. */
final class HeldValues {
  private final int[] indices;
  private int count;

  /**
   * @param capacity how many values there can be
   */
  HeldValues(int capacity) {
    indices = new int[capacity];
  }

  void clear() {
    count = 0;
  }

  void add(int index) {
    indices[count++] = index;
  }

  /** Sets the held values of a vector to zero. */
  void zero(float[] vector) {
    for (int i = 0; i < count; i++) {
      vector[indices[i]] = 0;
    }
  }

  /** The held values' part of an inner product. */
  double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) a[indices[i]] * b[indices[i]];
    }
    return sum;
  }
}
