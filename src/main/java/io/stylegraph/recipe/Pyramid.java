package io.stylegraph.recipe;

import io.stylegraph.error.InvalidSettingException;

/**
 * Scales that grow to the picture's own size, as many as it takes. Each begins with the picture of
 * the one before and the optimiser's moments, both enlarged.
 *
 * @param smallest no scale's longer side is below it, in pixels; 0 for no pyramid
 * @param ratio of a scale's sides to those of the one before, above 1
 * @param laterShare the steps of each scale but the smallest, as a share of the recipe's steps,
 *     above 0
 */
public record Pyramid(int smallest, double ratio, double laterShare) {
  /** The picture's own size alone. */
  public static final Pyramid NONE = new Pyramid(0, 2, 1);

  private static final int LARGEST = 32_768;

  public Pyramid {
    Settings.inRange("smallest", smallest, 0, LARGEST);
    if (!(ratio >= 1.05 && ratio <= 100)) {
      throw new InvalidSettingException(
          "ratio", "ratio (%s) of a pyramid must be from 1.05 to 100".formatted(ratio));
    }
    Settings.positive("laterShare", laterShare);
  }

  /** Whether there is none. */
  boolean isNone() {
    return smallest == 0;
  }

  /** How many scales come before the own size of a picture. */
  int smallerScales(int longerSide) {
    double most = Math.log(longerSide / (double) smallest) / Math.log(ratio);
    // 512 is four times the root of 2 from 128, whatever rounding says.
    return Math.max(0, (int) Math.floor(most + 1e-9));
  }

  /** The steps of a scale but the smallest, where that does {@code steps}. */
  int laterSteps(int steps) {
    return (int) Math.max(1, Math.min(Recipe.MAX_STEPS, Math.round(laterShare * steps)));
  }
}
