package io.stylegraph.film;

import io.stylegraph.error.PictureException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureNotes;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.image.WriteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The painted frames of a shot, each a PNG that tells in its notes by which key it was painted: one
 * of another key, or a broken one, counts as absent.
 */
final class PaintedFrames {
  private static final Logger LOG = LoggerFactory.getLogger(PaintedFrames.class);

  private final FilmShot shot;

  PaintedFrames(FilmShot shot) {
    this.shot = shot;
  }

  /** The file of a frame of the film, counted from 0. */
  static Path file(Path folder, int frame) {
    return folder.resolve("frame-%06d.png".formatted(frame + 1));
  }

  /** Deletes a film's painted frames, and the folder if nothing else is in it. */
  static void delete(Path folder, int frames) {
    try {
      for (int i = 0; i < frames; i++) {
        Files.deleteIfExists(file(folder, i));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.warn("painted frames are left in {} ({})", folder, e.toString());
    }
  }

  /** How many of the shot's frames are there, from its first on without a gap. */
  int count() {
    int count = 0;
    while (count < shot.frames() && isThere(count)) {
      count++;
    }
    return count;
  }

  /** Deletes what a program that was killed while it wrote a frame left. */
  void clean(int number) {
    PictureWriter.clean(file(number));
  }

  /** One that is there, counted from the shot's first. */
  Picture read(int number) {
    return PictureReader.read(file(number));
  }

  /**
   * Keeps a frame.
   *
   * @return what {@link #read} will give
   */
  Picture write(int number, Picture painted) {
    try {
      PictureWriter.write(painted, file(number), WriteSettings.USUAL.withNotes(notes(number)));
      return read(number);
    } catch (PictureException e) {
      throw new RunFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private boolean isThere(int number) {
    if (!Files.isRegularFile(file(number))) {
      return false;
    }
    try {
      return PictureNotes.read(file(number)).filter(notes(number)::equals).isPresent();
    } catch (PictureException e) {
      return false;
    }
  }

  private String notes(int number) {
    return "{\"film\":\"%s\",\"frame\":%d}".formatted(shot.key(), shot.first() + number + 1);
  }

  private Path file(int number) {
    return file(Path.of(shot.folder()), shot.first() + number);
  }
}
