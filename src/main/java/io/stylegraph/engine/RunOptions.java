package io.stylegraph.engine;

import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StepListener;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Settings;
import java.nio.file.Path;
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
 * @param checkpointEvery after how many steps {@code checkpoint} is written
 * @param checkpoint the file, if one is to be written
 * @param resume the file that the run goes on from, if it does not begin
 */
public record RunOptions(
    StepListener listener,
    CancellationToken cancellation,
    Optional<Instant> deadline,
    int pictureEvery,
    PictureListener pictures,
    int checkpointEvery,
    Optional<Path> checkpoint,
    Optional<Path> resume) {
  public RunOptions {
    Settings.inRange("pictureEvery", pictureEvery, 0, Recipe.MAX_STEPS);
    Settings.inRange("checkpointEvery", checkpointEvery, 1, Recipe.MAX_STEPS);
  }

  /** Nobody watches, nothing stops it. */
  public static RunOptions none() {
    return new RunOptions(
        StepListener.none(),
        new CancellationToken(),
        Optional.empty(),
        0,
        (step, picture) -> {},
        1,
        Optional.empty(),
        Optional.empty());
  }

  /** The same, with a listener for steps. */
  public RunOptions withListener(StepListener listener) {
    return new RunOptions(
        listener,
        cancellation,
        deadline,
        pictureEvery,
        pictures,
        checkpointEvery,
        checkpoint,
        resume);
  }

  /** The same, ended by {@code cancellation}. */
  public RunOptions withCancellation(CancellationToken cancellation) {
    return new RunOptions(
        listener,
        cancellation,
        deadline,
        pictureEvery,
        pictures,
        checkpointEvery,
        checkpoint,
        resume);
  }

  /** The same, ended when {@code deadline} has passed. */
  public RunOptions withDeadline(Instant deadline) {
    return new RunOptions(
        listener,
        cancellation,
        Optional.of(deadline),
        pictureEvery,
        pictures,
        checkpointEvery,
        checkpoint,
        resume);
  }

  /**
   * The same, with a listener for the picture after each {@code every} steps.
   *
   * @throws io.stylegraph.error.InvalidSettingException if {@code every} is negative
   */
  public RunOptions withPictures(int every, PictureListener pictures) {
    return new RunOptions(
        listener, cancellation, deadline, every, pictures, checkpointEvery, checkpoint, resume);
  }

  /**
   * The same, with the run's state written to {@code file} after each {@code every} steps and where
   * it is asked to stop: whole or not at all, in place of what is there. It stays when the run is
   * completed. One that cannot be written is logged, and the run goes on.
   *
   * @throws io.stylegraph.error.InvalidSettingException if {@code every} is not positive
   */
  public RunOptions withCheckpoints(int every, Path file) {
    return new RunOptions(
        listener, cancellation, deadline, pictureEvery, pictures, every, Optional.of(file), resume);
  }

  /**
   * The same, going on from where a run of the same model, recipe and pictures wrote {@code file}.
   * Steps, losses and seconds are counted on. In fp32 and with the same threads and device it ends
   * as that run would have, else but for rounding. What is no such checkpoint is refused with a
   * {@link io.stylegraph.error.CheckpointException} when the run begins.
   */
  public RunOptions withResume(Path file) {
    return new RunOptions(
        listener,
        cancellation,
        deadline,
        pictureEvery,
        pictures,
        checkpointEvery,
        checkpoint,
        Optional.of(file));
  }
}
