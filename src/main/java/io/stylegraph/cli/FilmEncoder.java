package io.stylegraph.cli;

import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;

/** Makes a film's file of its frames. */
interface FilmEncoder extends Closeable {
  /** Opens the file. */
  void begin() throws IOException;

  /**
   * Adds a frame.
   *
   * @param frame of the film's size
   * @param times how many frames long it is shown
   */
  void add(BufferedImage frame, int times) throws IOException;

  /** Makes the file whole. */
  void end() throws IOException;
}
