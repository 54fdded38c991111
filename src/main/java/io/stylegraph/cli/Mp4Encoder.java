package io.stylegraph.cli;

import io.stylegraph.film.FrameFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Films as every browser plays them. */
final class Mp4Encoder implements FilmEncoder {
  private final FrameFile frames;

  /** A film; of an odd side, the last row or column is left out. */
  Mp4Encoder(Path file, int width, int height) {
    frames = FrameFile.h264(file, "mp4", width, height, Film.FRAME_RATE);
  }

  @Override
  public void begin() throws IOException {
    frames.begin();
  }

  @Override
  public void add(BufferedImage frame, int times) throws IOException {
    frames.add(frame, times);
  }

  @Override
  public void end() throws IOException {
    frames.end();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
