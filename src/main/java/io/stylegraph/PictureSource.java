package io.stylegraph;

import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import java.nio.file.Path;

/** Where a picture comes from. */
public sealed interface PictureSource {
  /**
   * Reads the picture.
   *
   * @throws io.stylegraph.error.PictureException if it cannot be read
   */
  Picture read();

  /** What messages call it. */
  String label();

  /** A picture in a file. */
  static PictureSource of(Path file) {
    return new File(file);
  }

  /** A picture in memory; {@code label} names it in messages. */
  static PictureSource of(Picture picture, String label) {
    return new InMemory(picture, label);
  }

  /**
   * A picture in a file.
   *
   * @param file in any format that {@link PictureReader} reads
   */
  record File(Path file) implements PictureSource {
    @Override
    public Picture read() {
      return PictureReader.read(file);
    }

    @Override
    public String label() {
      return file.toString();
    }
  }

  /**
   * A picture in memory.
   *
   * @param picture RGB in 0-255
   * @param label what messages call it
   */
  record InMemory(Picture picture, String label) implements PictureSource {
    @Override
    public Picture read() {
      return picture;
    }
  }
}
