package io.stylegraph.engine;

import io.stylegraph.image.Picture;

/** Gets intermediate pictures. Called on the loop's own thread. */
@FunctionalInterface
public interface PictureListener {
  /**
   * Called after a step's update.
   *
   * @param step from 1
   * @param picture RGB in 0-255
   */
  void onPicture(int step, Picture picture);
}
