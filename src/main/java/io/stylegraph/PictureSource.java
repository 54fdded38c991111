package io.stylegraph;

import io.stylegraph.error.PictureException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.tensorflow.types.TFloat32;

/** Where a picture comes from. What is in memory is copied at once and stays the caller's. */
public sealed interface PictureSource {
  /**
   * Reads the picture.
   *
   * @throws PictureException if it cannot be read
   */
  Picture read();

  /** What messages call it. */
  String label();

  /** A picture in a file, which is read when the job runs. */
  static PictureSource of(Path file) {
    return new File(file);
  }

  /** A picture in memory; {@code label} names it in messages. */
  static PictureSource of(Picture picture, String label) {
    return new InMemory(picture, label);
  }

  /**
   * An image of any type, as {@link Picture#from} takes it: in sRGB, over white where it is
   * transparent.
   *
   * @param label what messages call it
   */
  static PictureSource of(BufferedImage image, String label) {
    return new InMemory(Picture.from(image), label);
  }

  /**
   * A picture file's bytes, as {@link PictureReader} reads them; to the stream's end, and the
   * caller closes it.
   *
   * @param label what messages call it
   * @throws PictureException if they are no picture
   */
  static PictureSource of(InputStream in, String label) {
    return new InMemory(PictureReader.read(in, label), label);
  }

  /**
   * A picture file's bytes that lie anywhere; they are fetched anew whenever the picture is read.
   *
   * @param label what messages call it
   */
  static PictureSource of(Supplier<byte[]> file, String label) {
    return new Remote(file, label);
  }

  /**
   * A tensor of RGB in 0-255, [1, height, width, 3] or [height, width, 3].
   *
   * @param label what messages call it
   * @throws PictureException if it has another shape, or a value is NaN or infinite
   */
  static PictureSource of(TFloat32 tensor, String label) {
    return new InMemory(PictureTensors.picture(tensor, label), label);
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
   * A picture file that lies anywhere.
   *
   * @param file gives its bytes, or throws a {@link PictureException}
   * @param label what messages call it
   */
  record Remote(Supplier<byte[]> file, String label) implements PictureSource {
    @Override
    public Picture read() {
      return PictureReader.read(new ByteArrayInputStream(file.get()), label);
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
