package io.stylegraph.image;

import io.stylegraph.error.PictureException;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable RGB picture in sRGB, of floats in 0-255.
 *
 * <p>Pixels lie row by row from the top left, channels interleaved: the shape is {@code [height,
 * width, 3]} and the sample of channel {@code c} at {@code (x, y)} is number {@code (y * width + x)
 * * 3 + c}. Values outside 0-255 are kept as they are and clamped when the picture leaves as
 * integers.
 *
 * <p>Where what it was read from is transparent, these are the colours seen over white, and it
 * carries an alpha plane beside them, of floats from 0 to 1, {@code [height, width]}. It also
 * carries the density that a file states. Both stay with it through resizing and into the formats
 * that have them.
 */
public final class Picture {
  /** Red, green, blue. */
  static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final float[] rgb;
  private final float @Nullable [] alpha;
  private final @Nullable Density density;

  /** Takes over the arrays without a copy or a check: for those that this room has just made. */
  Picture(int width, int height, float[] rgb, float @Nullable [] alpha, @Nullable Density density) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.alpha = alpha;
    this.density = density;
  }

  /** As above: an opaque one. */
  Picture(int width, int height, float[] rgb) {
    this(width, height, rgb, null, null);
  }

  /**
   * A picture of the given samples, which are copied.
   *
   * @param rgb samples of shape {@code [height, width, 3]}, nominally 0-255, all finite
   * @throws PictureException if a side is below 1, the length is not {@code height * width * 3}, or
   *     a sample is NaN or infinite
   */
  public static Picture of(int width, int height, float[] rgb) {
    String source = "picture of " + width + "x" + height;
    if (width < 1 || height < 1) {
      throw new PictureException(source, "both sides must be at least 1 pixel");
    }
    long samples = (long) width * height * CHANNELS;
    if (rgb.length != samples) {
      throw new PictureException(
          source, rgb.length + " samples given, height x width x 3 = " + samples + " needed");
    }
    for (int i = 0; i < rgb.length; i++) {
      if (!Float.isFinite(rgb[i])) {
        throw new PictureException(source, "sample " + i + " is " + rgb[i] + ", must be finite");
      }
    }
    return new Picture(width, height, rgb.clone());
  }

  /**
   * The picture that {@code image} shows: converted to sRGB, composited over white where it is
   * transparent, 16-bit samples kept as fractions ({@code v / 257}). An 8-bit sRGB image gives its
   * exact integers.
   */
  public static Picture from(BufferedImage image) {
    return Pixels.picture(image, Pixels.Origin.MEMORY);
  }

  /** Its size. */
  public PictureSize size() {
    return new PictureSize(width, height);
  }

  /** Pixels from left to right. */
  public int width() {
    return width;
  }

  /** Pixels from top to bottom. */
  public int height() {
    return height;
  }

  /** A copy of the samples, of shape {@code [height, width, 3]}, in 0-255. */
  public float[] rgb() {
    return rgb.clone();
  }

  /** A copy of how opaque each pixel is, 0-1, [height, width]; empty if all are wholly. */
  public Optional<float[]> alpha() {
    return Optional.ofNullable(alpha).map(float[]::clone);
  }

  /** What it was read from states. */
  public Optional<Density> density() {
    return Optional.ofNullable(density);
  }

  /** The same, to be written with another density. */
  public Picture withDensity(Density density) {
    return new Picture(width, height, rgb, alpha, density);
  }

  /**
   * The same colours with the alpha plane, resized if need be, and the density of another picture,
   * as of the one that this was painted from. White shows through where that is transparent: no
   * sample is left darker than {@code 255 (1 - alpha)}.
   */
  public Picture withAlphaAndDensityOf(Picture other) {
    float[] plane = PictureResizer.alpha(other, width, height);
    return new Picture(
        width, height, plane == null ? rgb : overWhite(rgb, plane), plane, other.density);
  }

  private static float[] overWhite(float[] rgb, float[] alpha) {
    float[] over = rgb.clone();
    for (int i = 0; i < over.length; i++) {
      over[i] = Math.max(over[i], 255 * (1 - alpha[i / CHANNELS]));
    }
    return over;
  }

  /** The same with other colours, which are taken over. */
  Picture withSamples(float[] rgb) {
    return new Picture(width, height, rgb, alpha, density);
  }

  /** The alpha plane itself; never write to it. */
  float @Nullable [] alphaSamples() {
    return alpha;
  }

  /** The samples themselves; never write to them. */
  float[] samples() {
    return rgb;
  }

  /**
   * An opaque 8-bit sRGB image ({@code TYPE_INT_RGB}), seen over white, each sample rounded and
   * clamped to 0-255.
   */
  public BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = (y * width + x) * CHANNELS;
        row[x] = eightBits(rgb[i]) << 16 | eightBits(rgb[i + 1]) << 8 | eightBits(rgb[i + 2]);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private static int eightBits(float sample) {
    return Math.max(0, Math.min(255, Math.round(sample)));
  }

  @Override
  public String toString() {
    return "Picture[" + width + "x" + height + "]";
  }
}
