package io.stylegraph.engine;

import io.stylegraph.backbone.NetworkCut;

/**
 * How a job computes in tiles.
 *
 * @param cut the part of the network that looks at tiles, and the one that does not
 * @param core the longest side of what a tile adds to the whole, in pixels
 */
public record TilePlan(NetworkCut cut, int core) {
  /** For people. */
  public String text() {
    return "tiles of " + core + cut.op().map(it -> " up to " + it).orElse("");
  }
}
