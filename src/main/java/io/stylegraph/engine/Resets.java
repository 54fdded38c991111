package io.stylegraph.engine;

import io.stylegraph.progress.Losses;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's ways back from a loss that is not finite or has exploded, for optimisers that have none
 * of their own: from the best picture with half the step. There are {@value #MOST} in a run.
 */
final class Resets {
  /** Of a run. */
  static final int MOST = 3;

  /**
   * A total above this many times its scale's first has exploded; bold steps that the published
   * recipes recover from by themselves stay far below.
   */
  static final double EXPLOSION = 1e4;

  private static final Logger LOG = LoggerFactory.getLogger(Resets.class);

  private int used;

  Resets(int used) {
    this.used = used;
  }

  /** How many were taken. */
  int used() {
    return used;
  }

  /** The factor that they leave of the recipe's learning rate. */
  double rate() {
    return Math.scalb(1.0, -used);
  }

  /**
   * Whether a run must not go on from here.
   *
   * @param first losses of the scale, if these are not they
   */
  static boolean diverged(Losses losses, float[] gradient, Optional<Losses> first) {
    return !losses.isFinite()
        || !isFinite(gradient)
        || first.filter(it -> exploded(losses, it)).isPresent();
  }

  private static boolean exploded(Losses losses, Losses first) {
    return first.total() > 0 && losses.total() > EXPLOSION * first.total();
  }

  private static boolean isFinite(float[] values) {
    float sum = 0;
    for (float value : values) {
      // Neither NaN nor infinity ever becomes zero again.
      sum += value * 0f;
    }
    return sum == 0;
  }

  /** Takes one, if there is one left. */
  boolean take(int step, Losses losses) {
    if (used == MOST) {
      return false;
    }
    used++;
    LOG.warn(
        "step {}: the loss ({}) or its gradient is not finite or has exploded; back to the best"
            + " picture with half the learning rate (reset {} of {})",
        step,
        losses.total(),
        used,
        MOST);
    return true;
  }
}
