package io.stylegraph.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns any {@link BufferedImage} into RGB floats in 0-255. Samples are read from the raster rather
 * than by {@code getRGB}, which would cut 16 bits to 8 and lighten grey (the JDK takes a grey
 * sample for linear light; files mean it as displayed). Colours are converted row by row, so that
 * no second image is needed.
 */
final class Pixels {
  private static final float WHITE = 255f;

  private final ColorModel colors;
  private final int bands;
  private final double[] divisors;
  private final @Nullable ToSrgb conversion;
  private final float[] rgb;
  private float @Nullable [] alpha;

  private Pixels(BufferedImage image, @Nullable ToSrgb conversion) {
    colors = image.getColorModel();
    bands = image.getRaster().getNumBands();
    this.conversion = conversion;
    divisors = new double[bands];
    for (int band = 0; band < bands; band++) {
      divisors[band] = divisor(image, band);
    }
    rgb = new float[Math.multiplyExact(Math.multiplyExact(image.getWidth(), image.getHeight()), 3)];
  }

  /**
   * What is known of an image beside its pixels.
   *
   * @param profile of its colours, where the decoder left that aside
   * @param orientation of its pixels
   * @param density of its pixels as stored
   */
  record Origin(Optional<ColorSpace> profile, Orientation orientation, Optional<Density> density) {
    static final Origin MEMORY =
        new Origin(Optional.empty(), Orientation.UPRIGHT, Optional.empty());
  }

  /**
   * The upright picture of {@code image}, composited over white, with its alpha plane where it is
   * transparent.
   */
  static Picture picture(BufferedImage image, Origin origin) {
    BufferedImage plain = origin.profile().isPresent() ? withoutPalette(image) : image;
    ColorSpace space = origin.profile().orElse(plain.getColorModel().getColorSpace());
    Pixels pixels = new Pixels(plain, ToSrgb.of(space).orElse(null));
    Orientation orientation = origin.orientation();
    pixels.read(plain, orientation);
    int width = image.getWidth();
    int upright = orientation.width(width, image.getHeight());
    return new Picture(
        upright,
        width * image.getHeight() / upright,
        pixels.rgb,
        pixels.alpha,
        origin.density().map(it -> it.turned(orientation)).orElse(null));
  }

  private void read(BufferedImage image, Orientation orientation) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int height = image.getHeight();
    double[] row = new double[width * bands];
    int[] targets = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        targets[x] = orientation.target(x, y, width, height);
      }
      if (conversion == null) {
        copy(row, targets);
      } else {
        convert(row, targets, conversion);
      }
    }
  }

  private void convert(double[] row, int[] targets, ToSrgb conversion) {
    int ofColor = colors.getNumColorComponents();
    float[] samples = new float[targets.length * ofColor];
    float[] converted = new float[targets.length * 3];
    for (int x = 0; x < targets.length; x++) {
      float alpha = colors.isAlphaPremultiplied() ? alpha(row, x * bands) : 1f;
      for (int c = 0; c < ofColor; c++) {
        float value = sample(row, x * bands, c);
        samples[x * ofColor + c] = alpha > 0 ? Math.min(WHITE, value / alpha) : WHITE;
      }
    }
    conversion.apply(samples, converted);
    for (int x = 0; x < targets.length; x++) {
      put(converted, x * 3, alpha(row, x * bands), false, targets[x]);
    }
  }

  private void copy(double[] row, int[] targets) {
    float[] color = new float[3];
    for (int x = 0; x < targets.length; x++) {
      int from = x * bands;
      if (colors instanceof IndexColorModel palette) {
        int argb = palette.getRGB((int) row[from]);
        for (int c = 0; c < 3; c++) {
          color[c] = argb >> (16 - 8 * c) & 0xFF;
        }
        put(color, 0, (argb >>> 24) / WHITE, false, targets[x]);
      } else {
        for (int c = 0; c < 3; c++) {
          color[c] = sample(row, from, colors.getNumColorComponents() < 3 ? 0 : c);
        }
        put(color, 0, alpha(row, from), colors.isAlphaPremultiplied(), targets[x]);
      }
    }
  }

  private float alpha(double[] row, int from) {
    int ofColor = colors.getNumColorComponents();
    return colors.hasAlpha() && bands > ofColor ? sample(row, from, ofColor) / WHITE : 1f;
  }

  private float sample(double[] row, int from, int band) {
    float value = (float) (row[from + band] / divisors[band]);
    return value >= 0 ? Math.min(value, WHITE) : 0f;
  }

  private void put(float[] color, int from, float opaque, boolean premultiplied, int target) {
    for (int c = 0; c < 3; c++) {
      rgb[target * 3 + c] = overWhite(color[from + c], opaque, premultiplied);
    }
    if (opaque < 1f) {
      if (alpha == null) {
        alpha = new float[rgb.length / 3];
        Arrays.fill(alpha, 1f);
      }
      alpha[target] = opaque;
    }
  }

  private static float overWhite(float value, float alpha, boolean premultiplied) {
    if (alpha == 1f) {
      return value;
    }
    float color = premultiplied ? value : value * alpha;
    return Math.min(WHITE, color + WHITE * (1f - alpha));
  }

  /** What a sample is divided by to come to 0-255: 1 for 8 bits, 257 for 16. */
  private static double divisor(BufferedImage image, int band) {
    int type = image.getRaster().getTransferType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      return 1.0 / WHITE;
    }
    int bits = image.getSampleModel().getSampleSize(band);
    return (Math.pow(2, bits) - 1) / WHITE;
  }

  private static BufferedImage withoutPalette(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel palette
        ? palette.convertToIntDiscrete(image.getRaster(), true)
        : image;
  }
}
