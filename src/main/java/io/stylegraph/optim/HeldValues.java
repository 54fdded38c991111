package io.stylegraph.optim;

import java.util.Arrays;

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

  /** Adds an index; they come in ascending order. */
  void add(int index) {
    indices[count++] = index;
  }

  /** Sets the held values of a vector to zero. */
  void zero(float[] vector) {
    zero(vector, 0, vector.length);
  }

  /** Sets the held values of a part of a vector to zero. */
  void zero(float[] vector, int from, int to) {
    int found = Arrays.binarySearch(indices, 0, count, from);
    for (int i = found < 0 ? -1 - found : found; i < count && indices[i] < to; i++) {
      vector[indices[i]] = 0;
    }
  }

  int count() {
    return count;
  }

  /** The held values of a vector, from and to the given places in the list. */
  float[] of(float[] vector, int from, int to) {
    float[] values = new float[to - from];
    for (int i = from; i < to; i++) {
      values[i - from] = vector[indices[i]];
    }
    return values;
  }

  /** All held values of a vector. */
  float[] of(float[] vector) {
    return of(vector, 0, count);
  }
}
