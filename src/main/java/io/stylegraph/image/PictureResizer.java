package io.stylegraph.image;

import io.stylegraph.error.InvalidSettingException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Resizes with antialiasing, in floats: a separable Lanczos filter of three lobes whose kernel is
 * widened when shrinking, so that every source pixel counts.
 *
 * <p>Kernel: {@code L(x) = sinc(x) sinc(x/3)} for {@code |x| < 3}, else 0, with {@code sinc(x) =
 * sin(πx)/(πx)} (Duchon, "Lanczos filtering in one and two dimensions", J. Appl. Meteorol. 18,
 * 1979). Output pixel {@code i} is centred at {@code (i + 0.5) * in/out - 0.5} of the source and
 * weighs source pixel {@code j} with {@code L((j - centre) / max(1, in/out))}. Weights are
 * normalised to sum 1; beyond the edge the edge pixel repeats; results are clamped to 0-255, as the
 * negative lobes would overshoot. Rows are worked on by all cores.
 *
 * <p>It is our own since the JDK's {@code AffineTransformOp} aliases when shrinking and it, as well
 * as the scaling libraries for the JVM, works on 8-bit samples and would round 16-bit pictures.
 */
public final class PictureResizer {
  private PictureResizer() {}

  /**
   * The picture with its longer side at most {@code longerSide} pixels and its aspect kept (the
   * shorter side is rounded, at least 1). Never enlarges; a picture that fits is returned itself.
   *
   * @param longerSide the bound in pixels; 0 keeps the picture's own size
   * @throws InvalidSettingException if {@code longerSide} is negative
   */
  public static Picture fit(Picture picture, int longerSide) {
    if (longerSide < 0) {
      throw new InvalidSettingException(
          "longerSide", "longerSide (" + longerSide + ") must be positive, or 0 for the own size");
    }
    if (longerSide == 0) {
      return picture;
    }
    PictureSize size = picture.size().fit(longerSide);
    return resize(picture, size.width(), size.height());
  }

  /**
   * The picture at {@code width} x {@code height} pixels, larger or smaller, whatever its aspect;
   * itself if it has that size.
   *
   * @throws InvalidSettingException if a side is below 1, or the result would have more than {@link
   *     PictureReader#MAX_PIXELS} pixels
   */
  public static Picture resize(Picture picture, int width, int height) {
    requireSide("width", width);
    requireSide("height", height);
    if ((long) width * height > PictureReader.MAX_PIXELS) {
      throw new InvalidSettingException(
          "width",
          "width x height (%dx%d) must be at most %d pixels"
              .formatted(width, height, PictureReader.MAX_PIXELS));
    }
    if (width == picture.width() && height == picture.height()) {
      return picture;
    }
    return new Picture(
        width,
        height,
        resize(picture.samples(), picture.size(), Picture.CHANNELS, width, height, 255),
        alpha(picture, width, height),
        picture.density().orElse(null));
  }

  /** The alpha plane at {@code width} x {@code height}; itself if it has that size. */
  static float @Nullable [] alpha(Picture picture, int width, int height) {
    float[] alpha = picture.alphaSamples();
    boolean asItIs = width == picture.width() && height == picture.height();
    return alpha == null || asItIs ? alpha : resize(alpha, picture.size(), 1, width, height, 1);
  }

  private static float[] resize(
      float[] in, PictureSize size, int channels, int width, int height, float white) {
    float[] result = resample(in, size, channels, new PictureSize(width, height), Kernel.LANCZOS);
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.max(0f, Math.min(white, result[i]));
    }
    return result;
  }

  /**
   * Any values at another size, by Keys' cubic (a = -1/2) through the source pixels, neither
   * antialiased nor clamped: {@code tf.image.resize} with {@code method="bicubic"}. Pixels are
   * centred as above; what lies beyond the edge has no weight.
   *
   * @param values [height][width][3]
   * @return likewise, an array of its own
   */
  public static float[] bicubic(float[] values, PictureSize from, PictureSize to) {
    return resample(values, from, Picture.CHANNELS, to, Kernel.CUBIC);
  }

  /**
   * As {@link #bicubic}, by straight lines, which never leave the range of the values: {@code
   * method="bilinear"}.
   */
  public static float[] bilinear(float[] values, PictureSize from, PictureSize to) {
    return resample(values, from, Picture.CHANNELS, to, Kernel.LINEAR);
  }

  private static float[] resample(
      float[] values, PictureSize from, int channels, PictureSize to, Kernel kernel) {
    float[] narrow = resizeRows(values, from, channels, to.width(), kernel);
    return resizeColumns(narrow, to.width() * channels, from.height(), to.height(), kernel);
  }

  private static void requireSide(String name, int side) {
    if (side < 1) {
      throw new InvalidSettingException(name, name + " (" + side + ") must be positive");
    }
  }

  private static float[] resizeRows(
      float[] in, PictureSize size, int channels, int newWidth, Kernel kernel) {
    int width = size.width();
    if (width == newWidth) {
      return in;
    }
    float[] out = new float[Math.multiplyExact(size.height(), newWidth * channels)];
    Taps[] taps =
        IntStream.range(0, newWidth)
            .mapToObj(x -> Taps.of(x, width, newWidth, kernel))
            .toArray(Taps[]::new);
    IntStream.range(0, size.height())
        .parallel()
        .forEach(
            y -> {
              for (int x = 0; x < newWidth; x++) {
                int to = (y * newWidth + x) * channels;
                if (channels == Picture.CHANNELS) {
                  mix(taps[x], in, y * width * channels, out, to);
                } else {
                  out[to] = mixture(taps[x], in, y * width);
                }
              }
            });
    return out;
  }

  /** The taps' mixture of a plane's row that starts at {@code row}. */
  private static float mixture(Taps taps, float[] in, int row) {
    double sum = 0;
    for (int k = 0; k < taps.count(); k++) {
      sum += taps.weight(k) * in[row + taps.source(k)];
    }
    return (float) sum;
  }

  /** Writes one RGB pixel: the taps' mixture of the row that starts at {@code row}. */
  private static void mix(Taps taps, float[] in, int row, float[] out, int to) {
    double red = 0;
    double green = 0;
    double blue = 0;
    for (int k = 0; k < taps.count(); k++) {
      double weight = taps.weight(k);
      int from = row + taps.source(k) * 3;
      red += weight * in[from];
      green += weight * in[from + 1];
      blue += weight * in[from + 2];
    }
    out[to] = (float) red;
    out[to + 1] = (float) green;
    out[to + 2] = (float) blue;
  }

  private static float[] resizeColumns(
      float[] in, int stride, int height, int newHeight, Kernel kernel) {
    if (height == newHeight) {
      return in.clone();
    }
    float[] out = new float[newHeight * stride];
    IntStream.range(0, newHeight)
        .parallel()
        .forEach(y -> mixRows(Taps.of(y, height, newHeight, kernel), in, stride, out, y * stride));
    return out;
  }

  /** Writes one row: the taps' mixture of rows of {@code stride} samples. */
  private static void mixRows(Taps taps, float[] in, int stride, float[] out, int to) {
    for (int k = 0; k < taps.count(); k++) {
      float weight = (float) taps.weight(k);
      int from = taps.source(k) * stride;
      for (int i = 0; i < stride; i++) {
        out[to + i] += weight * in[from + i];
      }
    }
  }
}
