package io.stylegraph.film;

/** A value between pixels; beyond the edge the edge pixel repeats. */
final class Bilinear {
  private final int left;
  private final int leftBelow;
  private final int rightwards;
  private final float fx;
  private final float fy;

  /** At a point of a plane. */
  Bilinear(int width, int height, float x, float y) {
    float inX = Math.max(0, Math.min(width - 1, x));
    float inY = Math.max(0, Math.min(height - 1, y));
    int column = (int) inX;
    int row = (int) inY;
    fx = inX - column;
    fy = inY - row;
    left = row * width + column;
    leftBelow = row + 1 < height ? left + width : left;
    rightwards = column + 1 < width ? 1 : 0;
  }

  /** The value there. */
  float of(float[] plane) {
    float above = plane[left] + fx * (plane[left + rightwards] - plane[left]);
    float below = plane[leftBelow] + fx * (plane[leftBelow + rightwards] - plane[leftBelow]);
    return above + fy * (below - above);
  }
}
