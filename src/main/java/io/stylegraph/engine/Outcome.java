package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StopReason;

/**
 * What a run made.
 *
 * @param picture that of the lowest total, RGB in 0-255
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
}
