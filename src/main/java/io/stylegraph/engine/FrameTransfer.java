package io.stylegraph.engine;

import io.stylegraph.image.LuminanceTransfer;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;

/**
 * The frames of a film after its first: each has a run of its own, at its own size alone, and all
 * of them the styles' targets of the first. Not safe for use from several threads.
 */
public final class FrameTransfer implements AutoCloseable {
  private final Recipe recipe;
  private final TransferPictures first;
  private final TransferSession session;

  /**
   * Computes the styles' targets.
   *
   * @param recipe of each frame; of its scales only the last is run
   * @param first those of the first frame
   * @throws io.stylegraph.error.MissingLayersException if the backbone lacks a layer of the recipe
   */
  public FrameTransfer(
      SharedNetwork network, Recipe recipe, Compute compute, TransferPictures first) {
    network.backbone().require(recipe.network());
    network.backbone().require(recipe.layersUsed());
    this.recipe = recipe;
    this.first = first;
    Picture content = first.content();
    TransferPictures unpainted = first.frame(content, content, FrameBefore.unknown(content));
    session =
        PrecisionTrial.open(compute, it -> new TransferSession(network, recipe, it, unpainted));
  }

  /** The losses of the frame before it is painted; until {@link #run}, of the first. */
  public Losses evaluate() {
    return session.evaluate();
  }

  /**
   * Paints a frame.
   *
   * @param content the frame, of the first one's size
   * @param start where its run begins, likewise
   * @param before what it is to stay near
   * @throws io.stylegraph.error.NonFiniteLossException if the loss of the first step is not finite
   */
  public Outcome run(Picture content, Picture start, FrameBefore before, RunOptions options) {
    session.follow(first.frame(content, start, before));
    Beginning begin = Beginning.at(recipe.pixels().fromBytes(start.rgb()));
    Span span = Span.first(recipe.steps(), recipe.steps(), 0);
    try (OptimisationLoop loop =
        new OptimisationLoop(
            recipe, session, begin, span, new Resets(0), new Checkpoints.None(), options)) {
      Outcome outcome = loop.run();
      return first.luminanceOnly()
          ? outcome.withPicture(LuminanceTransfer.apply(outcome.picture(), content))
          : outcome;
    }
  }

  /** The frames' size: the first one, as the network sees it. */
  public Picture first() {
    return first.content();
  }

  @Override
  public void close() {
    session.close();
  }
}
