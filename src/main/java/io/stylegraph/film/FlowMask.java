package io.stylegraph.film;

/**
 * What the frame before tells of a frame, pixel by pixel: how it should look, or nothing, since
 * something was hidden there or where the flow cannot be trusted. The rules and constants are those
 * of Ruder, Dosovitskiy and Brox, Artistic Style Transfer for Videos (arXiv:1604.08610), equations
 * 5 and 6, after Sundaram, Brox and Keutzer (ECCV 2010): with the backward flow b and the forward
 * flow f as seen from where b leads, a pixel was hidden if {@code |f + b|² > 0.01 (|f|² + |b|²) +
 * 0.5}, and lies at a motion boundary if {@code |∇u|² + |∇v|² > 0.01 |b|² + 0.002} with b's parts u
 * and v. Besides, what was outside of the frame before is unknown.
 */
final class FlowMask {
  private final Flow backward;
  private final Flow forward;

  /**
   * Of two frames.
   *
   * @param backward from the frame to the one before
   * @param forward from the one before to the frame
   */
  FlowMask(Flow backward, Flow forward) {
    this.backward = backward;
    this.forward = forward;
  }

  /** Whether a pixel is to look as the frame before does there. */
  boolean isKnown(int pixel) {
    return !wasOutside(pixel) && !wasHidden(pixel) && !isAtBoundary(pixel);
  }

  private boolean wasOutside(int pixel) {
    float x = backward.x(pixel);
    float y = backward.y(pixel);
    return x < 0 || y < 0 || x > backward.width() - 1 || y > backward.height() - 1;
  }

  private boolean wasHidden(int pixel) {
    Bilinear there =
        new Bilinear(backward.width(), backward.height(), backward.x(pixel), backward.y(pixel));
    float u = forward.right(there);
    float v = forward.down(there);
    float bu = backward.right(pixel);
    float bv = backward.down(pixel);
    return square(u + bu, v + bv) > 0.01f * (square(u, v) + square(bu, bv)) + 0.5f;
  }

  private boolean isAtBoundary(int pixel) {
    int width = backward.width();
    int next = pixel % width + 1 < width ? pixel + 1 : pixel;
    int below = pixel + width < width * backward.height() ? pixel + width : pixel;
    float across =
        square(
            backward.right(next) - backward.right(pixel),
            backward.down(next) - backward.down(pixel));
    float along =
        square(
            backward.right(below) - backward.right(pixel),
            backward.down(below) - backward.down(pixel));
    float length = square(backward.right(pixel), backward.down(pixel));
    return across + along > 0.01f * length + 0.002f;
  }

  private static float square(float u, float v) {
    return u * u + v * v;
  }
}
