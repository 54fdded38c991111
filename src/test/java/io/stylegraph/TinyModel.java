package io.stylegraph;

import io.stylegraph.image.Picture;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** The committed model of a few kilobytes with VGG19's layer names, and pictures for it. */
public final class TinyModel {
  private TinyModel() {}

  /** Its folder. */
  public static Path folder() {
    try {
      return Path.of(TinyModel.class.getResource("/tiny-vgg").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** A smooth random picture with values away from 0 and 255, so that gradients are defined. */
  public static Picture picture(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) random.nextDouble(5, 250);
    }
    return Picture.of(width, height, rgb);
  }
}
