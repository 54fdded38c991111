package io.stylegraph.engine;

import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.OptimizerSettings;
import io.stylegraph.recipe.Recipe;
import java.util.Optional;

/** Evaluates the picture in place, keeps it if it is the best, and moves it. */
interface Stepper extends AutoCloseable {
  /** What a step came to. */
  enum Event {
    /** The picture moved, or is to be evaluated again. */
    MOVED,
    /** The loss was not one to go on from: back at the best picture. */
    RESET,
    /** There is nothing left to gain. */
    FINISHED,
    /** The loss was not one to go on from, and nothing is left to try. */
    LOST
  }

  /**
   * A step.
   *
   * @param losses of the picture before its move
   */
  record Step(Losses losses, Event event) {}

  /**
   * Does one step.
   *
   * @param number of the step, from 1
   * @param first losses of the scale, if this is not its first step
   */
  Step step(int number, Optional<Losses> first);

  /** The picture in place, of the pixel space: the optimiser's own array. */
  float[] point();

  /** What the optimiser knows. */
  OptimizerState state();

  @Override
  void close();

  /**
   * The one for the recipe's optimiser.
   *
   * @param begin where it begins, or goes on
   * @param resets those that the run has left
   */
  static Stepper of(Recipe recipe, TransferSession session, Beginning begin, Resets resets) {
    OptimizerSettings optimizer = recipe.optimizer();
    if (optimizer instanceof LbfgsSettings settings) {
      return new LbfgsStepper(settings, recipe.pixels(), session, begin);
    }
    if (optimizer instanceof AdamSettings settings) {
      return new AdamStepper(settings, recipe.pixels(), session, begin, resets);
    }
    throw new IllegalArgumentException("no stepper for " + optimizer);
  }
}
