package io.stylegraph.service;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.recipe.Recipe;

/**
 * A job as it waits: its pictures are kept encoded, already at the job's size, so that a long queue
 * takes little memory.
 */
final class JobOrder {
  private final byte[] content;
  private final byte[] style;
  private final Recipe recipe;
  private final int size;
  private final long seed;

  /**
   * Takes over the pictures.
   *
   * @param content PNG
   * @param style PNG
   * @param size bound on the longer side, in pixels
   */
  JobOrder(byte[] content, byte[] style, Recipe recipe, int size, long seed) {
    this.content = content;
    this.style = style;
    this.recipe = recipe;
    this.size = size;
    this.seed = seed;
  }

  /** PNG; never write to it. */
  byte[] content() {
    return content;
  }

  /** PNG; never write to it. */
  byte[] style() {
    return style;
  }

  Recipe recipe() {
    return recipe;
  }

  int size() {
    return size;
  }

  StyleTransferRequest request() {
    return StyleTransferRequest.of(source(content, "content"), source(style, "style"))
        .withRecipe(recipe)
        .withSize(size)
        .withSeed(seed);
  }

  private static PictureSource source(byte[] png, String label) {
    return PictureSource.of(Pictures.decode(png, label), label);
  }
}
