package io.stylegraph.engine;

import io.stylegraph.optim.AdamOptimizer;
import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.PixelSpace;
import java.util.Optional;

/** Moves at every step; where the loss explodes it goes back and begins with smaller ones. */
final class AdamStepper implements Stepper {
  private final AdamSettings settings;
  private final PixelSpace pixels;
  private final TransferSession session;
  private final Resets resets;
  private AdamOptimizer optimizer;
  private float[] point;

  AdamStepper(
      AdamSettings settings,
      PixelSpace pixels,
      TransferSession session,
      Beginning begin,
      Resets resets) {
    this.settings = settings;
    this.pixels = pixels;
    this.session = session;
    this.resets = resets;
    point = begin.values();
    optimizer = optimizer(begin);
  }

  private AdamOptimizer optimizer(Beginning begin) {
    AdamSettings slower = settings.withLearningRate(settings.learningRate() * resets.rate());
    float lower = pixels.lower();
    float upper = pixels.upper();
    return begin
        .state()
        .map(state -> new AdamOptimizer(slower, state, lower, upper))
        .orElseGet(() -> new AdamOptimizer(slower, begin.values(), lower, upper));
  }

  @Override
  public Step step(int number, Optional<Losses> first) {
    TransferSession.Evaluation here = session.evaluateWithGradient();
    Losses losses = here.losses();
    if (Resets.diverged(losses, here.gradient(), first)) {
      boolean back = session.hasBest() && resets.take(number, losses);
      if (back) {
        reset();
      }
      return new Step(losses, back ? Event.RESET : Event.LOST);
    }
    point = optimizer.step(here.gradient());
    session.move(point);
    return new Step(losses, Event.MOVED);
  }

  private void reset() {
    point = session.bestValues();
    optimizer.close();
    optimizer = optimizer(Beginning.at(point));
    session.move(point);
  }

  @Override
  public float[] point() {
    return point;
  }

  @Override
  public OptimizerState state() {
    return optimizer.state();
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
