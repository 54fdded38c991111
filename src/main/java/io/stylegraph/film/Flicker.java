package io.stylegraph.film;

import io.stylegraph.image.Picture;

/**
 * How much two neighbouring frames differ where they show the same thing: the mean absolute
 * difference, in 0-255, between a frame and the one before it, moved as the film moves.
 */
final class Flicker {
  private Flicker() {}

  /**
   * The measure.
   *
   * @param flow from the frame to the one before
   * @param mask which pixels count, 0 or 1
   * @return 0 where none does
   */
  static double of(Picture before, Picture frame, Flow flow, float[] mask) {
    float[] moved = Warp.of(before, flow).rgb();
    float[] seen = frame.rgb();
    double sum = 0;
    double count = 0;
    for (int i = 0; i < seen.length; i++) {
      sum += mask[i / 3] * Math.abs(seen[i] - moved[i]);
      count += mask[i / 3];
    }
    return count == 0 ? 0 : sum / count;
  }
}
