package io.stylegraph;

import io.stylegraph.image.ColourMatching;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.Recipe;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** First pictures that show nothing. */
final class Noises {
  private static final float GREY = 127.5f;

  private Noises() {}

  /** One grey. */
  static Picture grey(PictureSize size) {
    float[] rgb = new float[3 * Math.toIntExact(size.pixels())];
    Arrays.fill(rgb, GREY);
    return Picture.of(size.width(), size.height(), rgb);
  }

  /**
   * White noise of the recipe's kind. Bounded optimisers look at their start before they move it,
   * so it is clamped here.
   */
  static Picture white(PictureSize size, Recipe recipe, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[3 * Math.toIntExact(size.pixels())];
    switch (recipe.noise()) {
      case UNIFORM -> fill(rgb, () -> random.nextDouble(0, 255));
      case NORMAL -> {
        fill(rgb, random::nextGaussian);
        rgb = recipe.pixels().toBytes(rgb);
        if (recipe.optimizer().bounded()) {
          clamp(rgb);
        }
      }
    }
    return Picture.of(size.width(), size.height(), rgb);
  }

  /** Normal noise of a picture's mean and covariance of RGB, clamped to 0-255. */
  static Picture like(Picture picture, PictureSize size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[3 * Math.toIntExact(size.pixels())];
    fill(rgb, () -> GREY + GREY / 2 * random.nextGaussian());
    return ColourMatching.apply(
        Picture.of(size.width(), size.height(), rgb), picture, ColourMatching.Method.CHOLESKY);
  }

  private static void fill(float[] rgb, DoubleSupplier values) {
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) values.getAsDouble();
    }
  }

  private static void clamp(float[] rgb) {
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Math.max(0, Math.min(255, rgb[i]));
    }
  }
}
