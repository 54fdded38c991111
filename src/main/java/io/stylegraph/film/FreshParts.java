package io.stylegraph.film;

import io.stylegraph.image.Picture;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Begins the parts of a frame of which the one before tells nothing: as filmed, with what painting
 * has done. Its fine strokes are those that were painted at the same place; its colours, a mean
 * over a neighbourhood, those painted beside it, since at the same place something else was
 * painted.
 */
final class FreshParts {
  private static final int CHANNELS = 3;
  private static final float WHITE = 255;

  /** The part of a neighbourhood that must be known; sums of floats are not exactly 0. */
  private static final float ENOUGH = 0.01f;

  /** The neighbourhood's side, in parts of the picture's longer one. */
  private static final int PARTS = 8;

  private final int width;
  private final int height;
  private final int side;

  private FreshParts(Picture frame) {
    width = frame.width();
    height = frame.height();
    side = Math.max(width, height) / PARTS | 1;
  }

  /**
   * The frame begun so throughout, [height][width][3] in 0-255.
   *
   * @param moved the painted frame before, moved to now
   * @param known 1 for pixels at which that is as it should be, 0 for others
   */
  static float[] of(
      Picture filmedBefore, Picture paintedBefore, Picture filmed, Picture moved, float[] known) {
    FreshParts parts = new FreshParts(filmed);
    float[] strokes = difference(paintedBefore, filmedBefore);
    float[] colours = parts.meanOf(strokes);
    float[] beside = parts.meanOfKnown(difference(moved, filmed), known, colours);
    float[] fresh = filmed.rgb();
    for (int i = 0; i < fresh.length; i++) {
      float painted = fresh[i] + strokes[i] - colours[i] + beside[i];
      fresh[i] = Math.max(0, Math.min(WHITE, painted));
    }
    return fresh;
  }

  private float[] meanOfKnown(float[] values, float[] known, float[] otherwise) {
    float[] weights = new float[values.length];
    float[] weighed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      weights[i] = known[i / CHANNELS];
      weighed[i] = weights[i] * values[i];
    }
    float[] sums = meanOf(weighed);
    float[] shares = meanOf(weights);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = shares[i] > ENOUGH ? sums[i] / shares[i] : otherwise[i];
    }
    return sums;
  }

  private float[] meanOf(float[] values) {
    try (Mat mat = Warp.mat(values, width, height, opencv_core.CV_32FC3);
        Mat mean = new Mat();
        Size window = new Size(side, side)) {
      opencv_imgproc.blur(mat, mean, window);
      return Warp.floats(mean, values.length);
    }
  }

  private static float[] difference(Picture one, Picture other) {
    float[] difference = one.rgb();
    float[] less = other.rgb();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= less[i];
    }
    return difference;
  }
}
