package io.stylegraph.image;

/**
 * Gives a picture the colours of another: the affine map of RGB after which mean and covariance
 * over the pixels are the other's, {@code x' = L₂L₁⁻¹(x - μ₁) + μ₂}, with L the Cholesky factors of
 * the covariances (Gatys et al., "Preserving Color in Neural Artistic Style Transfer", 2016).
 */
public final class Recolouring {
  private static final int CHANNELS = 3;

  /**
   * Added to each variance, in grey levels squared: what varies less than this in the picture, such
   * as the hue of a grey photograph, is not blown up.
   */
  private static final double LEAST_VARIANCE = 10;

  private Recolouring() {}

  /** The picture in the colours of {@code palette}, clamped to 0-255. */
  public static Picture apply(Picture picture, Picture palette) {
    float[] rgb = picture.rgb();
    double[] from = mean(rgb);
    double[] to = mean(palette.rgb());
    double[][] lower = cholesky(covariance(rgb, from));
    double[][] target = cholesky(covariance(palette.rgb(), to));
    double[] pixel = new double[CHANNELS];
    for (int i = 0; i < rgb.length; i += CHANNELS) {
      for (int c = 0; c < CHANNELS; c++) {
        pixel[c] = rgb[i + c] - from[c];
      }
      solve(lower, pixel);
      multiply(target, pixel);
      for (int c = 0; c < CHANNELS; c++) {
        rgb[i + c] = (float) Math.max(0, Math.min(255, pixel[c] + to[c]));
      }
    }
    return Picture.of(picture.width(), picture.height(), rgb);
  }

  /** {@code x = L⁻¹x}, in place, from the first entry on. */
  private static void solve(double[][] lower, double[] x) {
    for (int c = 0; c < CHANNELS; c++) {
      for (int k = 0; k < c; k++) {
        x[c] -= lower[c][k] * x[k];
      }
      x[c] /= lower[c][c];
    }
  }

  /** {@code x = Lx}, in place, from the last entry on. */
  private static void multiply(double[][] lower, double[] x) {
    for (int c = CHANNELS - 1; c >= 0; c--) {
      x[c] *= lower[c][c];
      for (int k = 0; k < c; k++) {
        x[c] += lower[c][k] * x[k];
      }
    }
  }

  private static double[] mean(float[] rgb) {
    double[] mean = new double[CHANNELS];
    for (int i = 0; i < rgb.length; i++) {
      mean[i % CHANNELS] += rgb[i];
    }
    for (int c = 0; c < CHANNELS; c++) {
      mean[c] /= rgb.length / (double) CHANNELS;
    }
    return mean;
  }

  private static double[][] covariance(float[] rgb, double[] mean) {
    double[][] covariance = new double[CHANNELS][CHANNELS];
    for (int i = 0; i < rgb.length; i += CHANNELS) {
      for (int c = 0; c < CHANNELS; c++) {
        for (int k = 0; k <= c; k++) {
          covariance[c][k] += (rgb[i + c] - mean[c]) * (rgb[i + k] - mean[k]);
        }
      }
    }
    for (int c = 0; c < CHANNELS; c++) {
      for (int k = 0; k <= c; k++) {
        covariance[c][k] /= rgb.length / (double) CHANNELS;
      }
      covariance[c][c] += LEAST_VARIANCE;
    }
    return covariance;
  }

  /** The lower triangle L with {@code LL'} the matrix, of which the lower triangle is read. */
  private static double[][] cholesky(double[][] matrix) {
    double[][] lower = new double[CHANNELS][CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      for (int k = 0; k <= c; k++) {
        double sum = matrix[c][k];
        for (int j = 0; j < k; j++) {
          sum -= lower[c][j] * lower[k][j];
        }
        lower[c][k] = c == k ? Math.sqrt(sum) : sum / lower[k][k];
      }
    }
    return lower;
  }
}
