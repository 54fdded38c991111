package io.stylegraph.recipe;

import io.stylegraph.error.InvalidSettingException;

/**
 * A smaller size at which a run begins: content and style are made smaller, and what comes out is
 * enlarged to be the start of the next size.
 *
 * @param size the part of the picture's sides, above 0 and below 1
 * @param steps how many updates at that size, 1 to {@value Recipe#MAX_STEPS}
 */
public record Scale(double size, int steps) {
  public Scale {
    if (!(size > 0 && size < 1)) {
      throw new InvalidSettingException(
          "size", "size (%s) of a scale must be above 0 and below 1".formatted(size));
    }
    Settings.inRange("steps", steps, 1, Recipe.MAX_STEPS);
  }
}
