package io.stylegraph;

import io.stylegraph.engine.Outcome;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StopReason;

/**
 * What a job made.
 *
 * @param picture the one of the lowest total, RGB in 0-255
 * @param losses of that picture
 * @param firstLosses of the picture the job started from
 * @param steps how many were done
 * @param stopReason why there were no more
 */
public record StyleTransferResult(
    Picture picture, Losses losses, Losses firstLosses, int steps, StopReason stopReason) {
  static StyleTransferResult of(Outcome outcome) {
    return new StyleTransferResult(
        outcome.picture(),
        outcome.losses(),
        outcome.first(),
        outcome.steps(),
        outcome.stopReason());
  }
}
