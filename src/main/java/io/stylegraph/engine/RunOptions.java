package io.stylegraph.engine;

import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StepListener;

/**
 * Who watches a run and who may stop it.
 *
 * @param listener hears of each step
 * @param cancellation ends the run at the next step boundary
 * @param pictureEvery after how many steps {@code pictures} gets a picture; 0 for never
 * @param pictures gets intermediate pictures
 */
public record RunOptions(
    StepListener listener,
    CancellationToken cancellation,
    int pictureEvery,
    PictureListener pictures) {
  /** Nobody watches. */
  public static RunOptions none() {
    return new RunOptions(StepListener.none(), new CancellationToken(), 0, (step, picture) -> {});
  }
}
