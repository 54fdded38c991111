package io.stylegraph.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.Optional;

/** Converts pixels of another colour space to sRGB. */
interface ToSrgb {
  /**
   * Converts pixels.
   *
   * @param samples in the space, 0-255 of each component's range, interleaved
   * @param rgb is overwritten, 0-255, interleaved
   */
  void apply(float[] samples, float[] rgb);

  /** The conversion from {@code space}; none from sRGB and from grey without a profile. */
  static Optional<ToSrgb> of(ColorSpace space) {
    if (space.isCS_sRGB() || isDisplayedGrey(space)) {
      return Optional.empty();
    }
    return Optional.of(space instanceof ICC_ColorSpace icc ? new Icc(icc) : new Formula(space));
  }

  /** The JDK marks grey without a profile by one of its own, which a file would not mean. */
  private static boolean isDisplayedGrey(ColorSpace space) {
    return space.getType() == ColorSpace.TYPE_GRAY
        && (!(space instanceof ICC_ColorSpace icc)
            || Arrays.equals(
                icc.getProfile().getData(), ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData()));
  }

  /** By an ICC profile, in 16 bits whatever the picture's: 8 would round the result. */
  final class Icc implements ToSrgb {
    private static final int SCALE = 257;

    private final int components;
    private final ColorConvertOp conversion;

    Icc(ICC_ColorSpace space) {
      components = space.getNumComponents();
      ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
      conversion = new ColorConvertOp(new ICC_Profile[] {space.getProfile(), srgb}, null);
    }

    @Override
    public void apply(float[] samples, float[] rgb) {
      int pixels = rgb.length / 3;
      WritableRaster from = row(pixels, components);
      WritableRaster to = row(pixels, 3);
      int[] values = new int[samples.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.round(samples[i] * SCALE);
      }
      from.setPixels(0, 0, pixels, 1, values);
      conversion.filter(from, to);
      to.getPixels(0, 0, pixels, 1, rgb);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] /= SCALE;
      }
    }

    private static WritableRaster row(int pixels, int bands) {
      return Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, bands, null);
    }
  }

  /** By what the space's class knows, as of CMYK without a profile. */
  final class Formula implements ToSrgb {
    private final ColorSpace space;

    Formula(ColorSpace space) {
      this.space = space;
    }

    @Override
    public void apply(float[] samples, float[] rgb) {
      int components = space.getNumComponents();
      float[] color = new float[components];
      for (int pixel = 0; pixel < rgb.length / 3; pixel++) {
        for (int c = 0; c < components; c++) {
          float least = space.getMinValue(c);
          float share = samples[pixel * components + c] / 255;
          color[c] = least + share * (space.getMaxValue(c) - least);
        }
        float[] found = space.toRGB(color);
        for (int c = 0; c < 3; c++) {
          rgb[pixel * 3 + c] = 255 * Math.max(0, Math.min(1, found[c]));
        }
      }
    }
  }
}
