package io.stylegraph.cli;

import java.nio.file.Path;

/**
 * What one {@code --mask} says, as in {@code sky=sky.png}.
 *
 * @param name of the region; empty where none is given
 * @param file of the mask
 */
record MaskArgument(String name, Path file) {
  static MaskArgument parse(String text) {
    int equals = text.indexOf('=');
    return new MaskArgument(
        text.substring(0, Math.max(0, equals)), Main.path(text.substring(equals + 1)));
  }
}
