package io.stylegraph.engine;

import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.optim.Move;
import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.PixelSpace;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** May go back, and may find nothing better any more. */
final class LbfgsStepper implements Stepper {
  private static final Logger LOG = LoggerFactory.getLogger(LbfgsStepper.class);

  private final TransferSession session;
  private final LbfgsOptimizer optimizer;

  LbfgsStepper(
      LbfgsSettings settings, PixelSpace pixels, TransferSession session, Beginning begin) {
    this.session = session;
    float lower = pixels.lower();
    float upper = pixels.upper();
    optimizer =
        begin
            .state()
            .map(state -> new LbfgsOptimizer(settings, state, lower, upper))
            .orElseGet(() -> new LbfgsOptimizer(settings, begin.values(), lower, upper));
  }

  @Override
  public Step step(int number, Optional<Losses> first) {
    TransferSession.Evaluation here = session.evaluateWithGradient();
    Losses losses = here.losses();
    Move move = optimizer.tell(losses.total(), here.gradient());
    if (move == Move.RESET) {
      LOG.info(
          "total {} is not finite or far above the best; back to the best picture", losses.total());
    }
    session.move(optimizer.point());
    return new Step(losses, event(move, losses));
  }

  private static Event event(Move move, Losses losses) {
    if (move == Move.RESET) {
      return Event.RESET;
    }
    if (!losses.isFinite()) {
      return Event.LOST;
    }
    return move == Move.CONVERGED || move == Move.GAVE_UP ? Event.FINISHED : Event.MOVED;
  }

  @Override
  public float[] point() {
    return optimizer.point();
  }

  @Override
  public OptimizerState state() {
    return optimizer.state();
  }

  @Override
  public void close() {}
}
