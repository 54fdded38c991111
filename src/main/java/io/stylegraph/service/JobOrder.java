package io.stylegraph.service;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.recipe.Recipe;

/**
 * A job as it waits: its pictures are kept encoded, already at the job's size, so that a long queue
 * takes little memory.
 *
 * @param content PNG
 * @param style PNG
 * @param size bound on the longer side, in pixels
 */
record JobOrder(byte[] content, byte[] style, Recipe recipe, int size, long seed) {
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
