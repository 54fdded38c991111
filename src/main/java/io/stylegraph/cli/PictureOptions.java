package io.stylegraph.cli;

import io.stylegraph.RunNotes;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.image.WriteSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the result is written, and the picture whose settings are used again. */
final class PictureOptions {
  @Option(
      names = "--bits",
      paramLabel = "8|16",
      defaultValue = "8",
      description =
          "Of each sample of the result; 16 for .png and .tif. Default: ${DEFAULT-VALUE}.")
  private int bits;

  @Option(
      names = "--like",
      paramLabel = "FILE",
      description =
          "A picture that stylize made: its recipe, size, seed and other settings, where no option"
              + " gives another. The pictures are named anew.")
  private @Nullable Path like;

  /** The file that {@code --like} names. */
  Optional<Path> likeFile() {
    return Optional.ofNullable(like);
  }

  /**
   * The settings that it holds.
   *
   * @throws io.stylegraph.error.StylegraphException if it holds none that can be read
   */
  Optional<RunNotes> notes() {
    return likeFile().map(RunNotes::read);
  }

  /** How pictures on the way are written. */
  WriteSettings settings() {
    return WriteSettings.USUAL.withBits(bits);
  }

  /** How the result is written: with what a later {@code --like} wants to know. */
  WriteSettings settings(StyleTransferRequest request, Manifest model) {
    return settings().withNotes(RunNotes.text(request, model));
  }

  /** Says so where a picture's settings were used with another model than its own. */
  static void warnOfOtherModel(Optional<RunNotes> notes, Manifest model, PrintWriter err) {
    notes
        .filter(it -> !it.checksum().equals(RunNotes.checksum(model)))
        .ifPresent(
            it ->
                err.printf(
                    "warning: the picture of --like was painted by the model %s, whose files are not"
                        + " those of %s; the result will be another%n",
                    it.model(), model.name()));
  }
}
