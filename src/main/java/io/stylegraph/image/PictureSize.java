package io.stylegraph.image;

/**
 * The size of a picture in pixels.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record PictureSize(int width, int height) {
  /** How many there are. */
  public long pixels() {
    return (long) width * height;
  }

  /** The longer of the two sides. */
  public int longerSide() {
    return Math.max(width, height);
  }

  /**
   * The size with its longer side at most {@code longerSide} and its aspect kept; the shorter side
   * is rounded, at least 1. Never larger than this.
   *
   * @param longerSide at least 1
   */
  public PictureSize fit(int longerSide) {
    if (longerSide() <= longerSide) {
      return this;
    }
    double scale = (double) longerSide / longerSide();
    return new PictureSize(scaled(width, scale), scaled(height, scale));
  }

  /** The size with its sides multiplied, each rounded, at least 1. */
  public PictureSize times(double factor) {
    return factor == 1 ? this : new PictureSize(scaled(width, factor), scaled(height, factor));
  }

  /**
   * The longest longer side at which {@link #fit} gives at most so many pixels.
   *
   * @param pixels at least 1
   */
  public int largestSide(long pixels) {
    int side =
        (int) Math.min(longerSide(), longerSide() * Math.sqrt(pixels / (double) pixels()) + 1);
    while (fit(side).pixels() > pixels) {
      side--;
    }
    return side;
  }

  private static int scaled(int side, double scale) {
    return (int) Math.max(1, Math.round(side * scale));
  }
}
