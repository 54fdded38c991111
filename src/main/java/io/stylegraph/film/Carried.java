package io.stylegraph.film;

import io.stylegraph.engine.FrameBefore;
import io.stylegraph.image.Picture;

/**
 * What a frame takes of the one before.
 *
 * @param start the one before, painted, as it would be seen now. Where nothing is known of it, the
 *     frame as filmed with the strokes that were painted at that place: what was seen there before
 *     would stay behind as a ghost, and the frame as filmed would take a whole picture's steps
 * @param before what the frame is to stay near
 */
record Carried(Picture start, FrameBefore before) {
  private static final int CHANNELS = 3;
  private static final float WHITE = 255;

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
    float[] anew = anew(filmedBefore, filmed, paintedBefore);
    float[] weights = new float[start.length / CHANNELS];
    for (int i = 0; i < weights.length; i++) {
      if (mask.isKnown(i)) {
        weights[i] = (float) weight;
      } else {
        System.arraycopy(anew, CHANNELS * i, start, CHANNELS * i, CHANNELS);
      }
    }
    return new Carried(
        Picture.of(filmed.width(), filmed.height(), start), new FrameBefore(moved, weights));
  }

  /** The frame as filmed, and on it what painting has done at the same place before. */
  private static float[] anew(Picture filmedBefore, Picture filmed, Picture paintedBefore) {
    float[] rgb = filmed.rgb();
    float[] painted = paintedBefore.rgb();
    float[] before = filmedBefore.rgb();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Math.max(0, Math.min(WHITE, rgb[i] + painted[i] - before[i]));
    }
    return rgb;
  }
}
