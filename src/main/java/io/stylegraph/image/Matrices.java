package io.stylegraph.image;

/** Small square matrices, [row][column]. */
final class Matrices {
  private Matrices() {}

  /** The product, from left to right. */
  static double[][] multiply(double[][] first, double[][]... more) {
    double[][] product = first;
    for (double[][] next : more) {
      product = multiply(product, next);
    }
    return product;
  }

  private static double[][] multiply(double[][] a, double[][] b) {
    int size = a.length;
    double[][] product = new double[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        for (int k = 0; k < size; k++) {
          product[row][column] += a[row][k] * b[k][column];
        }
      }
    }
    return product;
  }

  /** The lower triangle L with {@code LLᵀ} the matrix; what has no variance gets zeros. */
  static double[][] cholesky(double[][] matrix) {
    int size = matrix.length;
    double[][] lower = new double[size][size];
    for (int c = 0; c < size; c++) {
      for (int k = 0; k <= c; k++) {
        double sum = matrix[c][k];
        for (int j = 0; j < k; j++) {
          sum -= lower[c][j] * lower[k][j];
        }
        if (c == k) {
          lower[c][c] = Math.sqrt(Math.max(0, sum));
        } else if (lower[k][k] > 0) {
          lower[c][k] = sum / lower[k][k];
        }
      }
    }
    return lower;
  }

  /** The inverse of a lower triangle without a zero on its diagonal. */
  static double[][] inverseOfLower(double[][] lower) {
    int size = lower.length;
    double[][] inverse = new double[size][size];
    for (int column = 0; column < size; column++) {
      for (int row = column; row < size; row++) {
        double sum = row == column ? 1 : 0;
        for (int k = column; k < row; k++) {
          sum -= lower[row][k] * inverse[k][column];
        }
        inverse[row][column] = sum / lower[row][row];
      }
    }
    return inverse;
  }
}
