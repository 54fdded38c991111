package io.stylegraph.image;

/**
 * Gives a picture the colours of another. Three ways are an affine map of RGB, {@code x' = A(x -
 * μ₁) + μ₂}, after which mean and covariance over the pixels are the other's, {@code A C₁ Aᵀ = C₂};
 * they differ in A (Gatys et al., "Preserving Color in Neural Artistic Style Transfer", 2016). The
 * fourth maps each channel for itself.
 *
 * <p>What varies less in the picture than {@value #LEAST_VARIANCE} grey levels squared along one of
 * its principal axes, such as the hue of a grey photograph, counts as varying so much and is not
 * blown up. Results are clamped to 0-255.
 */
public final class ColourMatching {
  private static final int CHANNELS = Picture.CHANNELS;

  private static final double LEAST_VARIANCE = 10;

  /** How the colours are matched. */
  public enum Method {
    /** {@code A = L₂ L₁⁻¹}, with L the lower Cholesky factor of the covariance. */
    CHOLESKY,
    /** {@code A = C₂^½ C₁^-½}, roots along the principal axes. */
    PCA,
    /**
     * {@code A = C₁^-½ (C₁^½ C₂ C₁^½)^½ C₁^-½}: the symmetric map, which moves colours the least
     * (Pitié and Kokaram, "The linear Monge-Kantorovitch linear colour mapping", 2007).
     */
    SYMMETRIC,
    /**
     * Each value becomes the palette's of the same rank; equal ones the mean of those that their
     * ranks take up, so that a flat colour stays flat.
     */
    HISTOGRAM
  }

  private ColourMatching() {}

  /**
   * The picture in the colours of {@code palette}, with its own alpha and density.
   *
   * @param palette of any size
   */
  public static Picture apply(Picture picture, Picture palette, Method method) {
    float[] rgb =
        method == Method.HISTOGRAM
            ? Histograms.match(picture.samples(), palette.samples())
            : affine(picture.samples(), palette.samples(), method);
    return picture.withSamples(rgb);
  }

  private static float[] affine(float[] rgb, float[] palette, Method method) {
    double[] from = mean(rgb);
    double[] to = mean(palette);
    double[][] a = map(floored(covariance(rgb, from)), covariance(palette, to), method);
    float[] out = new float[rgb.length];
    for (int i = 0; i < rgb.length; i += CHANNELS) {
      for (int c = 0; c < CHANNELS; c++) {
        double value = to[c];
        for (int k = 0; k < CHANNELS; k++) {
          value += a[c][k] * (rgb[i + k] - from[k]);
        }
        out[i + c] = (float) Math.max(0, Math.min(255, value));
      }
    }
    return out;
  }

  /** The A that carries one covariance into another. */
  private static double[][] map(Symmetric3 from, double[][] to, Method method) {
    return switch (method) {
      case CHOLESKY ->
          Matrices.multiply(
              Matrices.cholesky(to), Matrices.inverseOfLower(Matrices.cholesky(from.matrix())));
      case PCA -> Matrices.multiply(Symmetric3.of(to).root(), from.inverseRoot());
      default -> {
        double[][] root = from.root();
        double[][] inverse = from.inverseRoot();
        double[][] inner = Matrices.multiply(root, to, root);
        yield Matrices.multiply(inverse, Symmetric3.of(inner).root(), inverse);
      }
    };
  }

  private static Symmetric3 floored(double[][] covariance) {
    return Symmetric3.of(covariance).atLeast(LEAST_VARIANCE);
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
        covariance[k][c] = covariance[c][k];
      }
    }
    return covariance;
  }
}
