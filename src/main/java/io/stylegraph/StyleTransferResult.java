package io.stylegraph;

import io.stylegraph.engine.Outcome;
import io.stylegraph.image.OutputFormat;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.image.WriteSettings;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StopReason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.tensorflow.types.TFloat32;

/**
 * What a job made.
 *
 * @param picture the one of the lowest total, RGB in 0-255, with the content's alpha and density
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

  /** Why the run is no success though it left a picture, and what to try; empty if it is one. */
  public Optional<String> failure() {
    int step = steps + 1;
    return switch (stopReason) {
      case NON_FINITE_LOSS ->
          Optional.of("the loss of step %d was not finite; try smaller weights".formatted(step));
      case DIVERGED ->
          Optional.of(
              "the loss of step %d exploded, also with smaller steps from the best picture; try"
                      .formatted(step)
                  + " smaller weights");
      default -> Optional.empty();
    };
  }

  /** The picture as 8-bit sRGB, seen over white, each sample rounded and clamped to 0-255. */
  public BufferedImage image() {
    return picture.toBufferedImage();
  }

  /** The picture as a tensor [1, height, width, 3], RGB in 0-255; the caller closes it. */
  public TFloat32 tensor() {
    return PictureTensors.tensor(picture);
  }

  /**
   * Writes the picture to a file, whole or not at all, in the format of its name's ending ({@code
   * .png}, {@code .jpg}, {@code .jpeg}, {@code .tif} or {@code .tiff}), with 8 bits.
   *
   * @throws io.stylegraph.error.PictureException if the ending is another or it cannot be written
   */
  public void write(Path file) {
    PictureWriter.write(picture, file);
  }

  /**
   * As above.
   *
   * @param settings the bits, and notes such as {@link RunNotes#text} makes
   * @throws io.stylegraph.error.PictureException if the ending is another or it cannot be written
   * @throws io.stylegraph.error.InvalidSettingException if the format has not so many bits
   */
  public void write(Path file, WriteSettings settings) {
    PictureWriter.write(picture, file, settings);
  }

  /**
   * Writes the picture to a stream, which stays open.
   *
   * @throws IOException if the stream throws one
   */
  public void write(OutputStream out, OutputFormat format) throws IOException {
    PictureWriter.write(picture, out, format);
  }
}
