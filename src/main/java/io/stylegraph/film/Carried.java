package io.stylegraph.film;

import io.stylegraph.engine.FrameBefore;
import io.stylegraph.image.Picture;

/**
 * What a frame takes of the one before.
 *
 * @param start the one before, painted, as it would be seen now. Where nothing is known of it, as
 *     {@link FreshParts}: what was seen there before would stay behind as a ghost, and the frame as
 *     filmed would take a whole picture's steps
 * @param before what the frame is to stay near
 */
record Carried(Picture start, FrameBefore before) {
  private static final int CHANNELS = 3;

  /**
   * Carries it by the optical flow between the two as filmed.
   *
   * @param weight of the temporal term where something is known
   */
  static Carried of(Picture filmedBefore, Picture filmed, Picture paintedBefore, double weight) {
    Flow backward = OpticalFlow.between(filmed, filmedBefore);
    FlowMask mask = new FlowMask(backward, OpticalFlow.between(filmedBefore, filmed));
    Picture moved = Warp.of(paintedBefore, backward);
    float[] start = moved.rgb();
    float[] known = new float[start.length / CHANNELS];
    for (int i = 0; i < known.length; i++) {
      known[i] = mask.isKnown(i) ? 1 : 0;
    }
    float[] fresh = FreshParts.of(filmedBefore, paintedBefore, filmed, moved, known);
    float[] weights = new float[known.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = known[i] * (float) weight;
      if (known[i] == 0) {
        System.arraycopy(fresh, CHANNELS * i, start, CHANNELS * i, CHANNELS);
      }
    }
    return new Carried(
        Picture.of(filmed.width(), filmed.height(), start), new FrameBefore(moved, weights));
  }
}
