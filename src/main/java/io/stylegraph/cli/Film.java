package io.stylegraph.cli;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A film of one run, written whole or not at all: frames are encoded as they come, into a hidden
 * file beside the film that takes its place at the end. What is not ended leaves nothing.
 */
final class Film implements AutoCloseable {
  /** A second. */
  static final int FRAME_RATE = 20;

  /** How often the first picture is shown: for half a second. */
  static final int FIRST_FRAMES = FRAME_RATE / 2;

  /** How often the result is shown: for a second and a half. */
  static final int LAST_FRAMES = FRAME_RATE * 3 / 2;

  /** What the encoder of H.264 needs. */
  private static final int SMALLEST_SIDE = 16;

  private final Path file;
  private final Path whole;
  private final int width;
  private final int height;
  private final FilmEncoder encoder;

  private Film(Path file, Picture first, FilmFormat format) throws IOException {
    this.file = file;
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    whole = target.resolveSibling(".stylegraph-" + UUID.randomUUID() + ".tmp");
    Picture fitting = PictureResizer.fit(first, format.longestSide());
    width = fitting.width();
    height = fitting.height();
    encoder =
        switch (format) {
          case GIF -> new GifEncoder(whole, width, height);
          case MP4 -> new Mp4Encoder(whole, width, height);
        };
  }

  /**
   * Begins a film with its first picture.
   *
   * @throws InvalidSettingException if the picture is too small for a film
   * @throws RunFailedException if it cannot be written
   */
  static Film begin(Path file, Picture first) {
    if (Math.min(first.width(), first.height()) < SMALLEST_SIDE) {
      throw new InvalidSettingException(
          "film",
          "film (%1$s) needs pictures of at least %2$dx%2$d pixels; this one has %3$dx%4$d"
              .formatted(file, SMALLEST_SIDE, first.width(), first.height()));
    }
    try {
      Film film = new Film(file, first, FilmFormat.of(file).orElseThrow());
      film.begin(first);
      return film;
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private void begin(Picture first) throws IOException {
    try {
      encoder.begin();
      add(first, FIRST_FRAMES);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Adds a picture on the way. */
  void add(Picture picture) {
    add(picture, 1);
  }

  /** Adds the result, puts the film in its place and says so. */
  void end(Picture result, PrintWriter out) {
    add(result, LAST_FRAMES);
    try {
      encoder.end();
      Path target = Files.exists(file) ? file.toRealPath() : file;
      Files.move(
          whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      out.println("wrote " + file);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  @Override
  public void close() {
    try {
      encoder.close();
      Files.deleteIfExists(whole);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private void add(Picture picture, int times) {
    Picture frame = PictureResizer.resize(picture, width, height);
    try {
      encoder.add(frame.toBufferedImage(), times);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static RunFailedException failure(Path file, IOException cause) {
    return new RunFailedException(
        "film (%s) cannot be written (%s); check the folder and free space"
            .formatted(file, cause.getMessage()),
        cause);
  }
}
