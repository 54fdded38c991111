package io.stylegraph.film;

import io.stylegraph.engine.FrameBefore;
import io.stylegraph.image.Picture;

/**
 * What a frame takes of the one before.
 *
 * @param start the one before, painted, as it would be seen now; where that was hidden, the frame
 *     as filmed, since what hid it would stay behind as a ghost
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
    float[] own = filmed.rgb();
    float[] weights = new float[start.length / CHANNELS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = mask.isKnown(i) ? (float) weight : 0;
      if (mask.wasHidden(i)) {
        System.arraycopy(own, CHANNELS * i, start, CHANNELS * i, CHANNELS);
      }
    }
    return new Carried(
        Picture.of(filmed.width(), filmed.height(), start), new FrameBefore(moved, weights));
  }
}
