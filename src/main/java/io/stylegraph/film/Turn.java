package io.stylegraph.film;

import io.stylegraph.image.Picture;

/** Turns pictures by right angles. */
final class Turn {
  private static final int CHANNELS = 3;

  private Turn() {}

  /** The picture turned clockwise so many times. */
  static Picture clockwise(Picture picture, int times) {
    Picture turned = picture;
    for (int i = 0; i < times; i++) {
      turned = once(turned);
    }
    return turned;
  }

  private static Picture once(Picture picture) {
    int width = picture.height();
    int height = picture.width();
    float[] from = picture.rgb();
    float[] to = new float[from.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int source = (width - 1 - x) * height + y;
        System.arraycopy(from, CHANNELS * source, to, CHANNELS * (y * width + x), CHANNELS);
      }
    }
    return Picture.of(width, height, to);
  }
}
