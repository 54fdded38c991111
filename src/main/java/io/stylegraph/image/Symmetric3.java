package io.stylegraph.image;

import java.util.function.DoubleUnaryOperator;

/**
 * A symmetric, not negative 3 x 3 matrix by its eigenvalues and eigenvectors, found by Jacobi's
 * rotations (Golub and Van Loan, "Matrix Computations", section 8.5).
 */
final class Symmetric3 {
  private static final int SIZE = 3;

  /** Each sweep squares what is left off the diagonal; a few suffice for doubles. */
  private static final int SWEEPS = 12;

  private final double[] values;

  /** In columns. */
  private final double[][] vectors;

  private Symmetric3(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  static Symmetric3 of(double[][] matrix) {
    double[][] a = {matrix[0].clone(), matrix[1].clone(), matrix[2].clone()};
    double[][] v = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      rotate(a, v, 0, 1);
      rotate(a, v, 0, 2);
      rotate(a, v, 1, 2);
    }
    return new Symmetric3(
        new double[] {Math.max(0, a[0][0]), Math.max(0, a[1][1]), Math.max(0, a[2][2])}, v);
  }

  /** With no eigenvalue below {@code least}. */
  Symmetric3 atLeast(double least) {
    double[] raised = values.clone();
    for (int i = 0; i < SIZE; i++) {
      raised[i] = Math.max(least, raised[i]);
    }
    return new Symmetric3(raised, vectors);
  }

  double[][] matrix() {
    return of(value -> value);
  }

  double[][] root() {
    return of(Math::sqrt);
  }

  /** Of a matrix without a zero among its eigenvalues. */
  double[][] inverseRoot() {
    return of(value -> 1 / Math.sqrt(value));
  }

  /** {@code V f(Λ) Vᵀ}. */
  private double[][] of(DoubleUnaryOperator function) {
    double[][] result = new double[SIZE][SIZE];
    for (int k = 0; k < SIZE; k++) {
      double value = function.applyAsDouble(values[k]);
      for (int row = 0; row < SIZE; row++) {
        for (int column = 0; column < SIZE; column++) {
          result[row][column] += value * vectors[row][k] * vectors[column][k];
        }
      }
    }
    return result;
  }

  /** Makes {@code a[p][q]} zero: {@code a = JᵀaJ}, {@code v = vJ}. */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double between = a[q][q] - a[p][p];
    // The smaller of the two angles, at most an eighth of a turn, makes the sweeps converge.
    double angle = 0.5 * Math.atan2(Math.copySign(2, between) * a[p][q], Math.abs(between));
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    for (int k = 0; k < SIZE; k++) {
      turn(a[k], p, q, cos, sin);
      turn(v[k], p, q, cos, sin);
    }
    for (int k = 0; k < SIZE; k++) {
      double upper = a[p][k];
      a[p][k] = cos * upper - sin * a[q][k];
      a[q][k] = sin * upper + cos * a[q][k];
    }
  }

  private static void turn(double[] row, int p, int q, double cos, double sin) {
    double left = row[p];
    row[p] = cos * left - sin * row[q];
    row[q] = sin * left + cos * row[q];
  }
}
