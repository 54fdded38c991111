package io.stylegraph.film;

import io.stylegraph.recipe.AdamSettings;
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

  /**
   * Adam begins each frame anew, and its first steps are as long as its learning rate: at a whole
   * picture's they would undo what the frame before had.
   */
  private static final double LEARNING_RATE = 0.2;

  private static final double WHITE = 255;

  public FilmSettings {
    Settings.inRange("frameSteps", frameSteps, 1, Recipe.MAX_STEPS);
    Settings.notNegative("temporalWeight", temporalWeight);
  }

  /** What paints a frame by what paints a picture: its steps at its own size alone, and short. */
  Recipe recipe(Recipe picture) {
    Recipe frame =
        picture.toBuilder().steps(frameSteps).scales(List.of()).pyramid(Pyramid.NONE).build();
    return frame.optimizer() instanceof AdamSettings adam
        ? frame.toBuilder()
            .optimizer(
                new AdamSettings(
                    LEARNING_RATE * adam.learningRate(),
                    adam.beta1(),
                    adam.beta2(),
                    adam.epsilon(),
                    adam.bounded()))
            .build()
        : frame;
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
