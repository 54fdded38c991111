package io.stylegraph.engine;

import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StepListener;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Settings;
import java.time.Instant;
import java.util.Optional;

/**
 * Who watches a run and what may stop it. {@link #none} begins with nobody and nothing; the other
 * methods add one.
 *
 * @param listener hears of each step
 * @param cancellation ends the run at the next step boundary
 * @param deadline ends the run at the first step boundary after it
 * @param pictureEvery after how many steps {@code pictures} gets a picture; 0 for never
 * @param pictures gets intermediate pictures
 */
public record RunOptions(
    StepListener listener,
    CancellationToken cancellation,
    Optional<Instant> deadline,
    int pictureEvery,
    PictureListener pictures) {
  public RunOptions {
    Settings.inRange("pictureEvery", pictureEvery, 0, Recipe.MAX_STEPS);
  }

  /** Nobody watches, nothing stops it. */
  public static RunOptions none() {
    return new RunOptions(
        StepListener.none(), new CancellationToken(), Optional.empty(), 0, (step, picture) -> {});
  }

  /** The same, with a listener for steps. */
  public RunOptions withListener(StepListener listener) {
    return new RunOptions(listener, cancellation, deadline, pictureEvery, pictures);
  }

  /** The same, ended by {@code cancellation}. */
  public RunOptions withCancellation(CancellationToken cancellation) {
    return new RunOptions(listener, cancellation, deadline, pictureEvery, pictures);
  }

  /** The same, ended when {@code deadline} has passed. */
  public RunOptions withDeadline(Instant deadline) {
    return new RunOptions(listener, cancellation, Optional.of(deadline), pictureEvery, pictures);
  }

  /**
   * The same, with a listener for the picture after each {@code every} steps.
   *
   * @throws io.stylegraph.error.InvalidSettingException if {@code every} is negative
   */
  public RunOptions withPictures(int every, PictureListener pictures) {
    return new RunOptions(listener, cancellation, deadline, every, pictures);
  }
}
