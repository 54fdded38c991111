package io.stylegraph.optim;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The inner products of steps and gradient changes over the free values, {@code R_ij = s_i'y_j} for
 * i not after j. A pair whose curvature {@code R_ii} is not in the free values is left out: its
 * coefficients are zero.
 */
final class CurvatureMatrix {
  /**
   * The part of a pair's curvature that must lie in the free values for it to be used; less would
   * be rounding, since the free part is the whole less the held part.
   */
  private static final double LEAST_FREE_PART = 1e-8;

  /** The held values are gathered in parts, since they may be many. */
  private static final int HELD_AT_ONCE = 4096;

  private final double[][] products;
  private final boolean[] usable;

  /** From pairs, oldest first. */
  CurvatureMatrix(List<CurvaturePair> pairs, HeldValues held) {
    int size = pairs.size();
    products = new double[size][size];
    usable = new boolean[size];
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        products[i][j] = pairs.get(j).withStep(j - i);
      }
    }
    for (int from = 0; from < held.count(); from += HELD_AT_ONCE) {
      subtract(pairs, held, from, Math.min(held.count(), from + HELD_AT_ONCE));
    }
    for (int i = 0; i < size; i++) {
      usable[i] = products[i][i] > LEAST_FREE_PART * pairs.get(i).curvature();
    }
  }

  private void subtract(List<CurvaturePair> pairs, HeldValues held, int from, int to) {
    List<float[]> changes =
        pairs.parallelStream().map(pair -> held.of(pair.change(), from, to)).toList();
    IntStream.range(0, pairs.size())
        .parallel()
        .forEach(
            i -> {
              float[] step = held.of(pairs.get(i).step(), from, to);
              for (int j = i; j < products.length; j++) {
                products[i][j] -= Vectors.dot(step, changes.get(j));
              }
            });
  }

  /** The newest pair that is used; -1 without one. */
  int newest() {
    int i = usable.length - 1;
    while (i >= 0 && !usable[i]) {
      i--;
    }
    return i;
  }

  double curvature(int pair) {
    return products[pair][pair];
  }

  /** {@code R⁻¹b}: the first loop's alphas from {@code S'q}. */
  double[] solve(double[] b) {
    double[] alpha = new double[b.length];
    for (int i = b.length - 1; i >= 0; i--) {
      double rest = b[i];
      for (int j = i + 1; j < b.length; j++) {
        rest -= products[i][j] * alpha[j];
      }
      alpha[i] = usable[i] ? rest / products[i][i] : 0;
    }
    return alpha;
  }

  /** {@code R'⁻¹(diag(R) alpha - b)}: the second loop's {@code alpha - beta} from {@code Y'r}. */
  double[] solveTransposed(double[] alpha, double[] b) {
    double[] difference = new double[b.length];
    for (int i = 0; i < b.length; i++) {
      double rest = b[i];
      for (int j = 0; j < i; j++) {
        rest += products[j][i] * difference[j];
      }
      difference[i] = usable[i] ? alpha[i] - rest / products[i][i] : 0;
    }
    return difference;
  }
}
