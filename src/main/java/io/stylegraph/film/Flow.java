package io.stylegraph.film;

import java.util.Arrays;

/**
 * How one picture lies in another: for each pixel of the one, how far right and down of its place
 * the same thing is in the other, in pixels, row by row from the top left. The arrays are its
 * maker's own.
 */
final class Flow {
  private final int width;
  private final int height;
  private final float[] right;
  private final float[] down;

  Flow(int width, int height, float[] right, float[] down) {
    this.width = width;
    this.height = height;
    this.right = right;
    this.down = down;
  }

  /** Everything moved by the same. */
  static Flow uniform(int width, int height, float right, float down) {
    float[] rights = new float[width * height];
    float[] downs = new float[width * height];
    Arrays.fill(rights, right);
    Arrays.fill(downs, down);
    return new Flow(width, height, rights, downs);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  float right(int pixel) {
    return right[pixel];
  }

  float down(int pixel) {
    return down[pixel];
  }

  /** As {@link #right(int)}, between pixels. */
  float right(Bilinear at) {
    return at.of(right);
  }

  /** As {@link #down(int)}, between pixels. */
  float down(Bilinear at) {
    return at.of(down);
  }

  /** {@link #x} of all pixels. */
  float[] xs() {
    float[] xs = new float[right.length];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = x(i);
    }
    return xs;
  }

  /** {@link #y} of all pixels. */
  float[] ys() {
    float[] ys = new float[down.length];
    for (int i = 0; i < ys.length; i++) {
      ys[i] = y(i);
    }
    return ys;
  }

  /** Where a pixel lies in the other picture, from its left edge. */
  float x(int pixel) {
    int column = pixel % width;
    return column + right[pixel];
  }

  /** Likewise from its top edge. */
  float y(int pixel) {
    int row = pixel / width;
    return row + down[pixel];
  }
}
