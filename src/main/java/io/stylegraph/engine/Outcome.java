package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StopReason;

/**
 * What a run made.
 *
 * @param picture the one that the recipe keeps, RGB in 0-255; where the loss was lost, the best
 * @param losses of that picture
 * @param first losses of the picture that the run started from
 * @param steps how many were done
 * @param stopReason why there were no more
 */
public record Outcome(
    Picture picture, Losses losses, Losses first, int steps, StopReason stopReason) {
  /** The same with another picture. */
  Outcome withPicture(Picture picture) {
    return new Outcome(picture, losses, first, steps, stopReason);
  }

  /** The same, ended for another reason. */
  Outcome withStopReason(StopReason stopReason) {
    return new Outcome(picture, losses, first, steps, stopReason);
  }
}
