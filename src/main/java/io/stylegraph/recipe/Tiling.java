package io.stylegraph.recipe;

import io.stylegraph.error.InvalidSettingException;

/**
 * Whether losses and gradient are computed in tiles; they are the same either way.
 *
 * @param mode when
 * @param core the longest side of what a tile adds to the whole, in pixels; 0 for the usual one
 */
public record Tiling(Mode mode, int core) {
  /** When a picture is computed in tiles. */
  public enum Mode {
    /** If it does not fit into the memory that is free. */
    AUTO,
    /** If a side is longer than the core. */
    ALWAYS,
    /** Never. */
    OFF
  }

  /** If it does not fit into the memory that is free. */
  public static final Tiling AUTO = new Tiling(Mode.AUTO, 0);

  /** Never. */
  public static final Tiling OFF = new Tiling(Mode.OFF, 0);

  private static final int SMALLEST = 16;
  private static final int LARGEST = 32_768;

  public Tiling {
    if (mode == Mode.ALWAYS) {
      Settings.inRange("tile", core, SMALLEST, LARGEST);
    }
  }

  /** In tiles of that core, of every picture with a longer side. */
  public static Tiling of(int core) {
    return new Tiling(Mode.ALWAYS, core);
  }

  /**
   * What users write: {@code auto}, {@code off}, or the core in pixels.
   *
   * @throws InvalidSettingException if it is none of these
   */
  public static Tiling parse(String text) {
    return switch (text) {
      case "auto" -> AUTO;
      case "off" -> OFF;
      default -> of(pixels(text));
    };
  }

  private static int pixels(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(
          "tile",
          "tile (%s) must be auto, off or a number of pixels from %d to %d"
              .formatted(text, SMALLEST, LARGEST));
    }
  }

  /** As users write it. */
  public String text() {
    return mode == Mode.ALWAYS ? String.valueOf(core) : Settings.word(mode);
  }
}
