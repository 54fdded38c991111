package io.stylegraph.compare;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.Picture;

/**
 * How alike two pictures of one size look, both rounded and clamped to 8 bits.
 *
 * @param psnr the peak signal-to-noise ratio in decibels, {@code 10 log10(255² / mean squared
 *     difference)}; {@value #EQUAL} for equal pictures, which have no limit
 * @param ssim the structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004), at most 1: a
 *     Gaussian window of 11x11 and deviation 1.5, K1 0.01, K2 0.03, the mean over RGB and all
 *     places where the window lies inside
 * @param maxDifference of two samples, 0-255
 */
public record Similarity(double psnr, double ssim, int maxDifference) {
  /** Stands for an infinite PSNR, which JSON cannot write. */
  static final double EQUAL = 999;

  private static final int RADIUS = 5;
  private static final double DEVIATION = 1.5;
  private static final double C1 = Math.pow(0.01 * 255, 2);
  private static final double C2 = Math.pow(0.03 * 255, 2);

  /**
   * Compares two pictures.
   *
   * @throws InvalidSettingException if they are not of one size, or smaller than the window
   */
  static Similarity of(Picture expected, Picture actual) {
    int width = expected.width();
    int height = expected.height();
    if (!expected.size().equals(actual.size()) || Math.min(width, height) <= 2 * RADIUS) {
      throw new InvalidSettingException(
          "picture",
          "pictures of %dx%d and %dx%d cannot be compared; both must be of one size, 11x11 or more"
              .formatted(width, height, actual.width(), actual.height()));
    }
    int[] one = eightBits(expected);
    int[] other = eightBits(actual);
    double squares = 0;
    int max = 0;
    for (int i = 0; i < one.length; i++) {
      int difference = Math.abs(one[i] - other[i]);
      squares += (double) difference * difference;
      max = Math.max(max, difference);
    }
    double psnr = max == 0 ? EQUAL : 10 * Math.log10(255.0 * 255 * one.length / squares);
    return new Similarity(psnr, ssim(one, other, width, height), max);
  }

  private static double ssim(int[] one, int[] other, int width, int height) {
    double sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      double[] x = channel(one, channel);
      double[] y = channel(other, channel);
      sum += ssim(x, y, width, height);
    }
    return sum / 3;
  }

  private static double ssim(double[] x, double[] y, int width, int height) {
    double[] meanX = blurred(x, width, height);
    double[] meanY = blurred(y, width, height);
    double[] meanXx = blurred(product(x, x), width, height);
    double[] meanYy = blurred(product(y, y), width, height);
    double[] meanXy = blurred(product(x, y), width, height);
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double varianceX = meanXx[i] - meanX[i] * meanX[i];
      double varianceY = meanYy[i] - meanY[i] * meanY[i];
      double covariance = meanXy[i] - meanX[i] * meanY[i];
      sum +=
          (2 * meanX[i] * meanY[i] + C1)
              * (2 * covariance + C2)
              / ((meanX[i] * meanX[i] + meanY[i] * meanY[i] + C1) * (varianceX + varianceY + C2));
    }
    return sum / meanX.length;
  }

  /** The Gaussian mean around each place where the window lies inside. */
  private static double[] blurred(double[] values, int width, int height) {
    int innerWidth = width - 2 * RADIUS;
    int innerHeight = height - 2 * RADIUS;
    double[] window = window();
    double[] rows = new double[innerWidth * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < innerWidth; x++) {
        for (int i = 0; i < window.length; i++) {
          rows[y * innerWidth + x] += window[i] * values[y * width + x + i];
        }
      }
    }
    double[] inner = new double[innerWidth * innerHeight];
    for (int y = 0; y < innerHeight; y++) {
      for (int x = 0; x < innerWidth; x++) {
        for (int i = 0; i < window.length; i++) {
          inner[y * innerWidth + x] += window[i] * rows[(y + i) * innerWidth + x];
        }
      }
    }
    return inner;
  }

  private static double[] window() {
    double[] window = new double[2 * RADIUS + 1];
    double sum = 0;
    for (int i = 0; i < window.length; i++) {
      double distance = (i - RADIUS) / DEVIATION;
      window[i] = Math.exp(-distance * distance / 2);
      sum += window[i];
    }
    for (int i = 0; i < window.length; i++) {
      window[i] /= sum;
    }
    return window;
  }

  private static double[] product(double[] x, double[] y) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = x[i] * y[i];
    }
    return product;
  }

  private static double[] channel(int[] samples, int channel) {
    double[] values = new double[samples.length / 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = samples[3 * i + channel];
    }
    return values;
  }

  private static int[] eightBits(Picture picture) {
    float[] rgb = picture.rgb();
    int[] samples = new int[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      samples[i] = Math.max(0, Math.min(255, Math.round(rgb[i])));
    }
    return samples;
  }
}
