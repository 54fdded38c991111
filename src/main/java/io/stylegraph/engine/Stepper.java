package io.stylegraph.engine;

import io.stylegraph.image.Picture;
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
interface Stepper {
  /** Does one step and gives the losses of the picture before its move. */
  Losses step();

  /** Whether a loss that is not finite is not the end. */
  boolean recovers();

  /** Whether there is nothing left to gain. */
  boolean finished();

  /** The one for the recipe's optimiser. */
  static Stepper of(Recipe recipe, TransferSession session, Picture start) {
    OptimizerSettings optimizer = recipe.optimizer();
    if (optimizer instanceof LbfgsSettings settings) {
      return new Lbfgs(settings, recipe.pixels(), session, start);
    }
    if (optimizer instanceof AdamSettings) {
      return new InGraph(session);
    }
    throw new IllegalArgumentException("no stepper for " + optimizer);
  }

  /** The update is an op: a step is one run of the session. */
  final class InGraph implements Stepper {
    private final TransferSession session;

    InGraph(TransferSession session) {
      this.session = session;
    }

    @Override
    public Losses step() {
      return session.evaluateAndUpdate();
    }

    @Override
    public boolean recovers() {
      return false;
    }

    @Override
    public boolean finished() {
      return false;
    }
  }

  /** The update is computed outside of the graph from loss and gradient. */
  final class Lbfgs implements Stepper {
    private static final Logger LOG = LoggerFactory.getLogger(Lbfgs.class);

    private final TransferSession session;
    private final LbfgsOptimizer optimizer;
    private Move last = Move.MOVED;

    Lbfgs(LbfgsSettings settings, PixelSpace pixels, TransferSession session, Picture start) {
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
  }
}
