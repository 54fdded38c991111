package io.stylegraph.image;

import java.util.stream.IntStream;

/**
 * Joins the luminance of one picture with the colour of another, in linear light.
 *
 * <p>With L the linear RGB of sRGB (IEC 61966-2-1) and Y = 0.2126 R + 0.7152 G + 0.0722 B, a pixel
 * becomes {@code Y₁ + (L₂ - Y₂) Y₁ / (Y₂ + ε)}: its luminance is the first picture's, its hue and
 * saturation the second's. The ε, {@value #LEAST_LUMINANCE}, takes the colour from what is nearly
 * black, where it is noise that would be blown up. What then lies outside 0-1 is mixed with the
 * grey of its luminance just until it fits, which keeps luminance and hue. Samples outside 0-255
 * are clamped first. Rows are worked on by all cores.
 */
public final class LuminanceTransfer {
  private static final double[] WEIGHTS = {0.2126, 0.7152, 0.0722};

  /** That of the sRGB grey of 3 in 255. */
  private static final double LEAST_LUMINANCE = 0.001;

  private LuminanceTransfer() {}

  /**
   * The luminance of {@code picture} with the colour of {@code colours}, which is resized to its
   * size; alpha and density are {@code picture}'s.
   */
  public static Picture apply(Picture picture, Picture colours) {
    Picture sized = PictureResizer.resize(colours, picture.width(), picture.height());
    float[] out = new float[picture.samples().length];
    int stride = picture.width() * Picture.CHANNELS;
    IntStream.range(0, picture.height())
        .parallel()
        .forEach(y -> joinRow(picture.samples(), sized.samples(), y * stride, stride, out));
    return picture.withSamples(out);
  }

  private static void joinRow(
      float[] luminance, float[] colours, int from, int stride, float[] out) {
    double[] pixel = new double[Picture.CHANNELS];
    for (int i = from; i < from + stride; i += Picture.CHANNELS) {
      double target = luminance(luminance, i, pixel);
      double own = luminance(colours, i, pixel);
      double scale = target / (own + LEAST_LUMINANCE);
      double share = 1;
      for (int c = 0; c < Picture.CHANNELS; c++) {
        pixel[c] = (pixel[c] - own) * scale;
        share = Math.min(share, largestShare(pixel[c], target));
      }
      for (int c = 0; c < Picture.CHANNELS; c++) {
        out[i + c] = (float) (255 * encode(target + share * pixel[c]));
      }
    }
  }

  /** How much of the deviation from grey leaves a channel within 0-1. */
  private static double largestShare(double deviation, double grey) {
    if (deviation > 0) {
      return (1 - grey) / deviation;
    }
    return deviation < 0 ? grey / -deviation : 1;
  }

  /** The luminance of the pixel at {@code i}, whose linear values go to {@code pixel}. */
  private static double luminance(float[] rgb, int i, double[] pixel) {
    double luminance = 0;
    for (int c = 0; c < Picture.CHANNELS; c++) {
      pixel[c] = decode(Math.max(0, Math.min(255, rgb[i + c])) / 255.0);
      luminance += WEIGHTS[c] * pixel[c];
    }
    return Math.min(1, luminance);
  }

  private static double decode(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static double encode(double linear) {
    double value = Math.max(0, Math.min(1, linear));
    return value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
  }
}
