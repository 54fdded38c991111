package io.stylegraph;

import io.stylegraph.PlainVgg.Map3;

/** The loss terms and their gradients in plain doubles. */
public final class PlainLosses {
  private PlainLosses() {}

  /**
   * @param value of the loss
   * @param gradient with respect to what it was computed of, in that shape
   */
  public record Loss(double value, double[] gradient) {}

  /** {@code FᵀF / divisor}, [c][c] flat. */
  public static double[] gram(Map3 features, double divisor) {
    int channels = features.channels();
    int positions = features.height() * features.width();
    double[] gram = new double[channels * channels];
    for (int p = 0; p < positions; p++) {
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          gram[i * channels + j] +=
              features.values()[p * channels + i] * features.values()[p * channels + j] / divisor;
        }
      }
    }
    return gram;
  }

  /** The mean squared difference to another Gram matrix, and its gradient at the features. */
  public static Loss style(Map3 features, double[] target, double divisor) {
    int channels = features.channels();
    int positions = features.height() * features.width();
    Loss atGram = meanSquare(gram(features, divisor), target);
    double[] gradient = new double[features.values().length];
    for (int p = 0; p < positions; p++) {
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          // d gram[i][j] and d gram[j][i] both hold features[p][i] * features[p][j].
          gradient[p * channels + i] +=
              (atGram.gradient()[i * channels + j] + atGram.gradient()[j * channels + i])
                  * features.values()[p * channels + j]
                  / divisor;
        }
      }
    }
    return new Loss(atGram.value(), gradient);
  }

  /** The mean squared difference of two arrays, and its gradient at the first. */
  public static Loss meanSquare(double[] values, double[] target) {
    double sum = 0;
    double[] gradient = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - target[i];
      sum += difference * difference;
      gradient[i] = 2 * difference / values.length;
    }
    return new Loss(sum / values.length, gradient);
  }

  /** The sum of absolute neighbour differences, and a subgradient. */
  public static Loss totalVariation(Map3 picture) {
    double sum = 0;
    double[] gradient = new double[picture.values().length];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        for (int c = 0; c < 3; c++) {
          int here = picture.at(y, x, c);
          if (y + 1 < picture.height()) {
            sum += difference(picture.values(), gradient, here, picture.at(y + 1, x, c));
          }
          if (x + 1 < picture.width()) {
            sum += difference(picture.values(), gradient, here, picture.at(y, x + 1, c));
          }
        }
      }
    }
    return new Loss(sum, gradient);
  }

  private static double difference(double[] values, double[] gradient, int here, int next) {
    double difference = values[next] - values[here];
    gradient[next] += Math.signum(difference);
    gradient[here] -= Math.signum(difference);
    return Math.abs(difference);
  }
}
