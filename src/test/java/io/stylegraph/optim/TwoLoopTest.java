package io.stylegraph.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The history's product with a vector is that of the textbook's two loops, in double. */
class TwoLoopTest {
  private static final Region FREE =
      new ClampedRegion(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  private final Random random = new Random(8);
  private final List<float[]> steps = new ArrayList<>();
  private final List<float[]> changes = new ArrayList<>();

  /** Of the values, every so many-th is held; 0 holds none. */
  @ParameterizedTest
  @CsvSource({
    "3000, 9, 9, 0",
    "3000, 9, 25, 13",
    "5000, 6, 6, 2",
    "2048, 30, 70, 100",
    "40, 5, 8, 3"
  })
  void isTheTextbooks(int values, int limit, int pairs, int holdEvery) {
    CurvatureHistory history = new CurvatureHistory(limit, values);
    for (int k = 0; k < pairs; k++) {
      measure(history, values);
      if (k % 3 == 0) { // A search asks after each pair; here sometimes two are new at once.
        history.precondition(vector(values), held(values, 7), 1);
      }
    }
    HeldValues held = held(values, holdEvery);
    float[] vector = vector(values);
    held.zero(vector);
    double[] expected = textbook(vector, held, limit);
    history.precondition(vector, held, 1);
    assertThat(distance(vector, expected)).isLessThan(1e-5 * distance(new float[values], expected));
  }

  @Test
  void isTheSameOnAnyNumberOfThreads() {
    int values = 30_000;
    CurvatureHistory history = new CurvatureHistory(10, values);
    for (int k = 0; k < 12; k++) {
      measure(history, values);
    }
    HeldValues held = held(values, 9);
    float[] vector = vector(values);
    held.zero(vector);
    float[] alone = product(history, vector, held, 1);
    assertThat(product(history, vector, held, 2)).containsExactly(alone);
    assertThat(product(history, vector, held, 7)).containsExactly(alone);
    assertThat(alone).isNotEqualTo(vector);
  }

  /** A parallel stream runs in the pool of the thread that starts it. */
  private static float[] product(
      CurvatureHistory history, float[] vector, HeldValues held, int threads) {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      float[] product = vector.clone();
      pool.submit(() -> history.precondition(product, held, 1)).join();
      return product;
    } finally {
      pool.shutdown();
    }
  }

  /** A random step, and its product with a diagonal of 1 to 11 plus a matrix of rank one. */
  private void measure(CurvatureHistory history, int values) {
    float[] step = vector(values);
    double along = 0;
    for (int i = 0; i < values; i++) {
      along += step[i] * Math.cos(i) / values;
    }
    float[] change = new float[values];
    for (int i = 0; i < values; i++) {
      change[i] = (float) ((1 + i % 11) * step[i] + 40 * along * Math.cos(i));
    }
    history.offer(FREE, step, change, new float[values]);
    steps.add(step);
    changes.add(change);
  }

  /** Nocedal and Wright, algorithm 7.4, over the free values of the last pairs. */
  private double[] textbook(float[] vector, HeldValues held, int limit) {
    int oldest = Math.max(0, steps.size() - limit);
    List<double[]> s = steps.stream().skip(oldest).map(step -> free(step, held)).toList();
    List<double[]> y = changes.stream().skip(oldest).map(change -> free(change, held)).toList();
    double[] q = free(vector, held);
    double[] alpha = new double[s.size()];
    for (int k = s.size() - 1; k >= 0; k--) {
      alpha[k] = dot(s.get(k), q) / dot(s.get(k), y.get(k));
      addScaled(q, -alpha[k], y.get(k));
    }
    double[] last = y.get(y.size() - 1);
    addScaled(q, dot(s.get(s.size() - 1), last) / dot(last, last) - 1, q.clone());
    for (int k = 0; k < s.size(); k++) {
      double beta = dot(y.get(k), q) / dot(s.get(k), y.get(k));
      addScaled(q, alpha[k] - beta, s.get(k));
    }
    return q;
  }

  private static double[] free(float[] vector, HeldValues held) {
    float[] free = vector.clone();
    held.zero(free);
    double[] values = new double[free.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = free[i];
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(double[] target, double factor, double[] a) {
    for (int i = 0; i < a.length; i++) {
      target[i] += factor * a[i];
    }
  }

  private static double distance(float[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static HeldValues held(int values, int every) {
    HeldValues held = new HeldValues(values);
    for (int i = 0; every > 0 && i < values; i += every) {
      held.add(i);
    }
    return held;
  }

  private float[] vector(int values) {
    float[] vector = new float[values];
    for (int i = 0; i < values; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
