package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.optim.AdamOptimizer;
import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.optim.Move;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.OptimizerSettings;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Recipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates the picture in place, keeps it if it is the best, and moves it. */
interface Stepper extends AutoCloseable {
  /** Does one step and gives the losses of the picture before its move. */
  Losses step();

  /** Whether a loss that is not finite is not the end. */
  boolean recovers();

  /** Whether there is nothing left to gain. */
  boolean finished();

  @Override
  void close();

  /** The one for the recipe's optimiser. */
  static Stepper of(Recipe recipe, TransferSession session, Picture start) {
    OptimizerSettings optimizer = recipe.optimizer();
    if (optimizer instanceof LbfgsSettings settings) {
      return new WithLbfgs(settings, recipe.pixels(), session, start);
    }
    if (optimizer instanceof AdamSettings settings) {
      return new WithAdam(settings, recipe.pixels(), session, start);
    }
    throw new IllegalArgumentException("no stepper for " + optimizer);
  }

  /** Moves at every step. */
  final class WithAdam implements Stepper {
    private final TransferSession session;
    private final AdamOptimizer optimizer;

    WithAdam(AdamSettings settings, PixelSpace pixels, TransferSession session, Picture start) {
      this.session = session;
      optimizer =
          new AdamOptimizer(
              settings, pixels.fromBytes(start.rgb()), pixels.lower(), pixels.upper());
    }

    @Override
    public Losses step() {
      TransferSession.Evaluation here = session.evaluateWithGradient();
      session.move(optimizer.step(here.gradient()));
      return here.losses();
    }

    @Override
    public boolean recovers() {
      return false;
    }

    @Override
    public boolean finished() {
      return false;
    }

    @Override
    public void close() {
      optimizer.close();
    }
  }

  /** May go back, and may find nothing better any more. */
  final class WithLbfgs implements Stepper {
    private static final Logger LOG = LoggerFactory.getLogger(WithLbfgs.class);

    private final TransferSession session;
    private final LbfgsOptimizer optimizer;
    private Move last = Move.MOVED;

    WithLbfgs(LbfgsSettings settings, PixelSpace pixels, TransferSession session, Picture start) {
      this.session = session;
      optimizer =
          new LbfgsOptimizer(
              settings, pixels.fromBytes(start.rgb()), pixels.lower(), pixels.upper());
    }

    @Override
    public Losses step() {
      TransferSession.Evaluation here = session.evaluateWithGradient();
      last = optimizer.tell(here.losses().total(), here.gradient());
      if (last == Move.RESET) {
        LOG.info(
            "total {} is not finite or far above the best; back to the best picture",
            here.losses().total());
      }
      session.move(optimizer.point());
      return here.losses();
    }

    @Override
    public boolean recovers() {
      return last == Move.RESET;
    }

    @Override
    public boolean finished() {
      return last == Move.CONVERGED || last == Move.GAVE_UP;
    }

    @Override
    public void close() {}
  }
}
