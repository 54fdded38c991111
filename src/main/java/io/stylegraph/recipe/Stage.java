package io.stylegraph.recipe;

/**
 * A scale of a run with its steps.
 *
 * @param size the part of the picture's sides, above 0; 1 is the picture's own size
 * @param steps how many updates at that size
 */
public record Stage(double size, int steps) {
  /** Whether it is the last one. */
  public boolean isOwnSize() {
    return size == 1;
  }
}
