package io.stylegraph.cli;

import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a run's film. */
final class FilmOptions {
  private static final int MAX_FRAMES = 10_000;

  @Option(
      names = "--film",
      paramLabel = "FILE",
      description = "Also film the way from the first picture to the result; .gif or .mp4.")
  private @Nullable Path file;

  @Option(
      names = "--film-frames",
      paramLabel = "N",
      defaultValue = "120",
      description =
          "At most so many pictures on the way, at equal steps; 20 are a second. Default:"
              + " ${DEFAULT-VALUE}.")
  private int frames;

  /** Refuses a film that could not be written, and settings without meaning. */
  void check(OutputFiles files) {
    Settings.inRange("filmFrames", frames, 1, MAX_FRAMES);
    if (file == null) {
      return;
    }
    if (FilmFormat.of(file).isEmpty()) {
      throw new InvalidSettingException(
          "film", "film (%s) has no ending that is filmed; use one of .gif, .mp4".formatted(file));
    }
    files.file("film", file);
  }

  /**
   * The film of a run that is about to begin; its pictures are added to those that are listened to.
   *
   * @return to be ended with the result, and closed; null where none is asked for
   */
  @Nullable Film begin(StyleTransfer run, PictureListeners listeners) {
    if (file == null) {
      return null;
    }
    Film film = Film.begin(file, run.start());
    listeners.add(every(run.steps()), (step, picture) -> film.add(picture));
    return film;
  }

  private int every(int steps) {
    return (steps + frames - 1) / frames;
  }
}
