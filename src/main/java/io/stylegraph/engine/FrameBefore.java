package io.stylegraph.engine;

import io.stylegraph.image.Picture;

/** A film's frame before, moved to where things are now, and how much of it counts. */
public final class FrameBefore {
  private final Picture picture;
  private final float[] weights;

  /**
   * What a frame is to stay near.
   *
   * @param picture of the frame's size
   * @param weights of the squared difference in 0-255, one a pixel, 0 where nothing is known of it;
   *     the term is their mean with it
   */
  public FrameBefore(Picture picture, float[] weights) {
    this.picture = picture;
    this.weights = weights.clone();
  }

  /** Nothing is known of it. */
  static FrameBefore unknown(Picture frame) {
    return new FrameBefore(frame, new float[frame.width() * frame.height()]);
  }

  Picture picture() {
    return picture;
  }

  /** Its own array. */
  float[] weights() {
    return weights;
  }
}
