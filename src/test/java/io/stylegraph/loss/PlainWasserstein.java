package io.stylegraph.loss;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The loss by its definition, in plain doubles with Jacobi's eigenvalues. */
public final class PlainWasserstein {
  private PlainWasserstein() {}

  /**
   * Of two pictures' features, [positions][channels], each with its positions' weights, which sum
   * to 1.
   */
  public static double of(
      double[][] features, double[] guide, double[][] target, double[] targetGuide) {
    double power = power(features, guide);
    double targetPower = power(target, targetGuide);
    double[][] covariance = covariance(features, guide, (power + targetPower) / 2);
    double[][] targetCovariance = covariance(target, targetGuide, targetPower);
    double[][] root = root(targetCovariance);
    double sum = trace(covariance) + trace(targetCovariance);
    sum -= 2 * trace(root(product(product(root, covariance), root)));
    double[] mean = mean(features, guide);
    double[] targetMean = mean(target, targetGuide);
    for (int i = 0; i < mean.length; i++) {
      sum += (mean[i] - targetMean[i]) * (mean[i] - targetMean[i]);
    }
    return sum;
  }

  /** Its gradient at the features. */
  public static double[][] gradient(
      double[][] features, double[] guide, double[][] target, double[] targetGuide) {
    int channels = features[0].length;
    double targetPower = power(target, targetGuide);
    double power = (power(features, guide) + targetPower) / 2;
    double[][] root = root(covariance(target, targetGuide, targetPower));
    double[][] middle = product(product(root, covariance(features, guide, power)), root);
    double[][] slope = product(product(root, function(middle, it -> -1 / Math.sqrt(it))), root);
    for (int i = 0; i < channels; i++) {
      slope[i][i]++;
    }
    double[] mean = mean(features, guide);
    double[] targetMean = mean(target, targetGuide);
    double ofPower = WassersteinLoss.SHARE / channels * trace(slope);
    double[][] gradient = new double[features.length][channels];
    for (int p = 0; p < features.length; p++) {
      for (int i = 0; i < channels; i++) {
        double sum = 2 * (mean[i] - targetMean[i]) + ofPower * features[p][i];
        for (int j = 0; j < channels; j++) {
          sum += 2 * slope[i][j] * (features[p][j] - mean[j]);
        }
        gradient[p][i] = guide[p] * sum;
      }
    }
    return gradient;
  }

  public static double[] even(int positions) {
    double[] guide = new double[positions];
    Arrays.fill(guide, 1.0 / positions);
    return guide;
  }

  /** What it would be for features that are zero throughout, for variances far above the floor. */
  public static double energy(double[][] target, double[] targetGuide) {
    return power(target, targetGuide) * (1 + WassersteinLoss.SHARE)
        + target[0].length * WassersteinLoss.FLOOR;
  }

  static double power(double[][] features, double[] guide) {
    double power = 0;
    for (int p = 0; p < features.length; p++) {
      for (double value : features[p]) {
        power += guide[p] * value * value;
      }
    }
    return power;
  }

  private static double[] mean(double[][] features, double[] guide) {
    double[] mean = new double[features[0].length];
    for (int p = 0; p < features.length; p++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += guide[p] * features[p][i];
      }
    }
    return mean;
  }

  private static double[][] covariance(double[][] features, double[] guide, double power) {
    double[] mean = mean(features, guide);
    int channels = mean.length;
    double[][] covariance = new double[channels][channels];
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < channels; j++) {
        for (int p = 0; p < features.length; p++) {
          covariance[i][j] += guide[p] * (features[p][i] - mean[i]) * (features[p][j] - mean[j]);
        }
      }
      covariance[i][i] += WassersteinLoss.SHARE * power / channels + WassersteinLoss.FLOOR;
    }
    return covariance;
  }

  private static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }

  private static double[][] product(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  /** Of a symmetric matrix without negative eigenvalues. */
  private static double[][] root(double[][] symmetric) {
    return function(symmetric, it -> Math.sqrt(Math.max(0, it)));
  }

  /** Of a symmetric matrix's eigenvalues, found by turns that clear one entry each. */
  private static double[][] function(double[][] symmetric, DoubleUnaryOperator function) {
    int n = symmetric.length;
    double[][] a = Arrays.stream(symmetric).map(double[]::clone).toArray(double[][]::new);
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          turn(a, vectors, p, q);
        }
      }
    }
    double[][] result = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          result[i][j] += vectors[i][k] * function.applyAsDouble(a[k][k]) * vectors[j][k];
        }
      }
    }
    return result;
  }

  private static void turn(double[][] a, double[][] vectors, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    for (double[][] matrix : new double[][][] {a, vectors}) {
      for (double[] row : matrix) {
        double first = row[p];
        row[p] = cos * first - sin * row[q];
        row[q] = sin * first + cos * row[q];
      }
    }
    for (int k = 0; k < a.length; k++) {
      double first = a[p][k];
      a[p][k] = cos * first - sin * a[q][k];
      a[q][k] = sin * first + cos * a[q][k];
    }
  }
}
