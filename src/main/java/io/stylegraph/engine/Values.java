package io.stylegraph.engine;

/** A picture's values in the pixel space, [height][width][3]; the array is its maker's own. */
final class Values {
  private final float[] array;

  Values(float[] array) {
    this.array = array;
  }

  float[] array() {
    return array;
  }
}
