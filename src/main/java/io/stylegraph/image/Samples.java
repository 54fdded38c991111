package io.stylegraph.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;

/** A picture's samples as integers of 8 or 16 bits, with its alpha. */
final class Samples {
  private Samples() {}

  /**
   * The picture as an sRGB image. Where it is transparent, its colours are those that show as the
   * picture's over white: {@code (v - 255 (1 - alpha)) / alpha}, and white where alpha is 0.
   *
   * @param bits 8 or 16, of each sample
   */
  static BufferedImage image(Picture picture, int bits) {
    float[] alpha = picture.alphaSamples();
    if (alpha == null && bits == 8) {
      return picture.toBufferedImage();
    }
    BufferedImage image = empty(picture.size(), bits, alpha != null);
    WritableRaster raster = image.getRaster();
    int bands = raster.getNumBands();
    int width = picture.width();
    int[] row = new int[width * bands];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        int pixel = y * width + x;
        float opaque = alpha == null ? 1 : alpha[pixel];
        for (int c = 0; c < Picture.CHANNELS; c++) {
          float seen = picture.samples()[pixel * Picture.CHANNELS + c];
          row[x * bands + c] = integer(behindWhite(seen, opaque), bits);
        }
        if (alpha != null) {
          row[x * bands + Picture.CHANNELS] = integer(opaque * 255, bits);
        }
      }
      raster.setPixels(0, y, width, 1, row);
    }
    return image;
  }

  private static float behindWhite(float seen, float alpha) {
    return alpha == 1 ? seen : alpha > 0 ? (seen - 255 * (1 - alpha)) / alpha : 255;
  }

  private static int integer(float sample, int bits) {
    int value = bits == 8 ? Math.round(sample) : Math.round(sample * 257);
    return Math.max(0, Math.min((1 << bits) - 1, value));
  }

  private static BufferedImage empty(PictureSize size, int bits, boolean hasAlpha) {
    ColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            hasAlpha,
            false,
            hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    return new BufferedImage(
        colors, colors.createCompatibleWritableRaster(size.width(), size.height()), false, null);
  }
}
