package io.stylegraph.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of films, by the name's ending. */
enum FilmFormat {
  /** 256 colours chosen for the whole film, shown for ever. */
  GIF(1024),
  /** H.264 in 4:2:0, to be played while it loads. */
  MP4(2048);

  private final int longestSide;

  FilmFormat(int longestSide) {
    this.longestSide = longestSide;
  }

  /** What the pictures' longer side is bound to: what players, and a GIF's size, can bear. */
  int longestSide() {
    return longestSide;
  }

  /** The format of the file's ending, in capitals or not. */
  static Optional<FilmFormat> of(Path file) {
    Path fileName = file.getFileName();
    String name = fileName == null ? "" : fileName.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(it -> name.endsWith("." + it.name().toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
