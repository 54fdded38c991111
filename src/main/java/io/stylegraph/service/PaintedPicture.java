package io.stylegraph.service;

import io.stylegraph.image.OutputFormat;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.image.WriteSettings;
import java.nio.file.Path;

/** What a job made, as PNG, with the settings that it was made with inside. */
final class PaintedPicture {
  private final byte[] png;
  private final WriteSettings settings;

  /** {@code notes} are {@link io.stylegraph.RunNotes}. */
  PaintedPicture(Picture picture, String notes) {
    this.settings = WriteSettings.USUAL.withNotes(notes);
    this.png = Pictures.encode(picture, OutputFormat.PNG, settings);
  }

  /** Never write to it. */
  byte[] png() {
    return png;
  }

  byte[] jpeg() {
    return Pictures.encode(Pictures.decode(png, "result"), OutputFormat.JPEG, settings);
  }

  /** Writes a file whole or not at all, in the format of its ending. */
  void write(Path file) {
    PictureWriter.write(Pictures.decode(png, file.toString()), file, settings);
  }
}
