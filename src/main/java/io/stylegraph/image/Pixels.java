package io.stylegraph.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Turns any {@link BufferedImage} into RGB floats in 0-255. Samples are read from the raster rather
 * than by {@code getRGB}, which would cut 16 bits to 8 and lighten grey (the JDK takes a grey
 * sample for linear light; files mean it as displayed).
 */
final class Pixels {
  private static final float WHITE = 255f;

  private final ColorModel colors;
  private final int bands;
  private final double[] divisors;

  private Pixels(BufferedImage image) {
    colors = image.getColorModel();
    bands = image.getRaster().getNumBands();
    divisors = new double[bands];
    for (int band = 0; band < bands; band++) {
      divisors[band] = divisor(image, band);
    }
  }

  /** The upright picture of {@code image}, composited over white. */
  static Picture picture(BufferedImage image, Orientation orientation) {
    BufferedImage srgb = toSrgb(image);
    Pixels pixels = new Pixels(srgb);
    Raster raster = srgb.getRaster();
    int width = srgb.getWidth();
    int height = srgb.getHeight();
    float[] rgb = new float[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    double[] row = new double[width * pixels.bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        pixels.put(row, x * pixels.bands, rgb, orientation.target(x, y, width, height) * 3);
      }
    }
    int upright = orientation.width(width, height);
    return new Picture(upright, width * height / upright, rgb);
  }

  private void put(double[] row, int from, float[] rgb, int to) {
    if (colors instanceof IndexColorModel palette) {
      int argb = palette.getRGB((int) row[from]);
      float alpha = (argb >>> 24) / WHITE;
      for (int c = 0; c < 3; c++) {
        rgb[to + c] = overWhite(argb >> (16 - 8 * c) & 0xFF, alpha, false);
      }
      return;
    }
    int ofColor = colors.getNumColorComponents();
    boolean hasAlpha = colors.hasAlpha() && bands > ofColor;
    float alpha = hasAlpha ? sample(row, from, ofColor) / WHITE : 1f;
    for (int c = 0; c < 3; c++) {
      float value = sample(row, from, ofColor < 3 ? 0 : c);
      rgb[to + c] = overWhite(value, alpha, colors.isAlphaPremultiplied());
    }
  }

  private float sample(double[] row, int from, int band) {
    float value = (float) (row[from + band] / divisors[band]);
    return value >= 0 ? Math.min(value, WHITE) : 0f;
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

  /** The same image in sRGB; grey and palette images are taken as they are. */
  private static BufferedImage toSrgb(BufferedImage image) {
    ColorModel colors = image.getColorModel();
    ColorSpace space = colors.getColorSpace();
    if (space.isCS_sRGB() || space.getType() == ColorSpace.TYPE_GRAY) {
      return image;
    }
    int type = colors.getComponentSize(0) > 8 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    ColorModel srgb =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            colors.hasAlpha(),
            false,
            colors.getTransparency(),
            type);
    BufferedImage converted =
        new BufferedImage(
            srgb,
            srgb.createCompatibleWritableRaster(image.getWidth(), image.getHeight()),
            false,
            null);
    return new ColorConvertOp(null).filter(image, converted);
  }
}
