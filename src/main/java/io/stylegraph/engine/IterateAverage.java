package io.stylegraph.engine;

import java.util.Arrays;

/**
 * The exponential average of an optimiser's points, without the bias of its start at zero: after t
 * points {@code a_t = d a_(t-1) + (1 - d) x_t} from {@code a_0 = 0}, and the average is {@code a_t
 * / (1 - d^t)}, as Adam does with its moments (arXiv:1412.6980, section 3).
 */
final class IterateAverage {
  private final double decay;
  private final float[] sum;
  private int count;

  /**
   * Of no points yet.
   *
   * @param decay d, in [0, 1)
   * @param values of each point
   */
  IterateAverage(double decay, int values) {
    this.decay = decay;
    sum = new float[values];
  }

  /** Forgets all points. */
  void clear() {
    Arrays.fill(sum, 0);
    count = 0;
  }

  /** Takes one more point into account. */
  void add(float[] point) {
    float old = (float) decay;
    float share = (float) (1 - decay);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = old * sum[i] + share * point[i];
    }
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The average; not of no points. */
  float[] value() {
    float weight = (float) (1 - Math.pow(decay, count));
    float[] value = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      value[i] = sum[i] / weight;
    }
    return value;
  }

  /** What it knows; the array is its own. */
  State state() {
    return new State(sum, count);
  }

  /** Goes on from a state. */
  void restore(State state) {
    System.arraycopy(state.sum, 0, sum, 0, sum.length);
    count = state.count;
  }

  /** What an average knows. */
  static final class State {
    private final float[] sum;
    private final int count;

    /**
     * Makes a state.
     *
     * @param sum a_t
     * @param count t
     */
    State(float[] sum, int count) {
      this.sum = sum;
      this.count = count;
    }

    float[] sum() {
      return sum;
    }

    int count() {
      return count;
    }
  }
}
