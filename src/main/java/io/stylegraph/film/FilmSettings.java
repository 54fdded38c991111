package io.stylegraph.film;

import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.Pyramid;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Settings;
import java.util.List;

/**
 * How the frames after a shot's first are painted.
 *
 * @param frameSteps of each
 * @param temporalWeight of the term that holds a frame to the one before, relative to the losses of
 *     the shot's first frame as filmed; zero or more
 */
public record FilmSettings(int frameSteps, double temporalWeight) {
  /** Chosen by what is measured in docs/film.md. */
  public static final FilmSettings DEFAULT = new FilmSettings(20, 10);

  private static final double WHITE = 255;

  public FilmSettings {
    Settings.inRange("frameSteps", frameSteps, 1, Recipe.MAX_STEPS);
    Settings.notNegative("temporalWeight", temporalWeight);
  }

  /**
   * What paints a frame by what paints a picture: its steps at its own size alone, by L-BFGS. Adam
   * would move every pixel as far, those that are as they should be with those that begin anew.
   */
  Recipe recipe(Recipe picture) {
    Recipe frame =
        picture.toBuilder().steps(frameSteps).scales(List.of()).pyramid(Pyramid.NONE).build();
    return frame.optimizer() instanceof LbfgsSettings
        ? frame
        : frame.toBuilder().optimizer("lbfgs").keep(Keep.BEST).build();
  }

  /**
   * The weight of a squared difference in 0-255.
   *
   * @param total the losses of the shot's first frame as filmed
   */
  double weight(double total) {
    return temporalWeight * total / (WHITE * WHITE);
  }
}
