package io.stylegraph.engine;

import io.stylegraph.image.LuminanceTransfer;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;

/**
 * One run: owns the picture, its targets and its optimiser, and uses a network that others may use
 * at the same time. Not safe for use from several threads.
 */
public final class StyleTransfer implements AutoCloseable {
  private final Recipe recipe;
  private final Picture content;
  private final Picture start;
  private final boolean luminanceOnly;
  private final SmallerScales smallerScales;
  private final TransferSession session;

  /**
   * Computes the styles' targets; the first run on a network reads its weights, the first of a kind
   * builds its graph. Where bfloat16 has yet to agree with fp32, it is put to the test.
   *
   * @throws io.stylegraph.error.MissingLayersException if the backbone lacks a layer of the recipe
   */
  public StyleTransfer(
      SharedNetwork network, Recipe recipe, Compute compute, TransferPictures pictures) {
    network.backbone().require(recipe.network());
    network.backbone().require(recipe.layersUsed());
    this.recipe = recipe;
    content = pictures.content();
    start = pictures.start();
    luminanceOnly = pictures.luminanceOnly();
    session =
        PrecisionTrial.open(compute, it -> new TransferSession(network, recipe, it, pictures));
    smallerScales = new SmallerScales(network, recipe, session.compute(), pictures);
  }

  /** How many steps a run does, those at smaller scales with them. */
  public int steps() {
    return smallerScales.steps() + recipe.steps();
  }

  /**
   * Runs the recipe's steps, at its smaller scales first; once. What it makes has the content's
   * alpha and density, and its colours where luminance alone is wanted.
   *
   * @return the best picture, also when the run was cancelled or its loss stopped being finite
   * @throws io.stylegraph.error.NonFiniteLossException if the loss of the first step is not finite
   */
  public Outcome run(RunOptions options) {
    Outcome outcome =
        paint(
            options.withPictures(
                options.pictureEvery(),
                (step, picture) -> options.pictures().onPicture(step, dressed(picture))));
    return outcome.withPicture(dressed(outcome.picture()));
  }

  private Picture dressed(Picture picture) {
    Picture coloured = luminanceOnly ? LuminanceTransfer.apply(picture, content) : picture;
    return coloured.withAlphaAndDensityOf(content);
  }

  private Outcome paint(RunOptions options) {
    if (smallerScales.isEmpty()) {
      return run(start, Span.first(recipe.steps(), recipe.steps()), options);
    }
    SmallerScales.Scaled scaled = smallerScales.run(start, steps(), options);
    Outcome outcome = scaled.outcome();
    if (SmallerScales.ends(outcome)) {
      return outcome;
    }
    session.place(outcome.picture());
    return run(outcome.picture(), scaled.span().next(recipe.steps()), options);
  }

  private Outcome run(Picture from, Span span, RunOptions options) {
    return OptimisationLoop.run(recipe, session, from, span, options);
  }

  /** What it computes on and with: of a precision left to the machine, the one settled on. */
  public Compute compute() {
    return session.compute();
  }

  /** The picture's width in pixels. */
  public int width() {
    return start.width();
  }

  /** The picture's height in pixels. */
  public int height() {
    return start.height();
  }

  /** The losses of the picture as it is now. */
  public Losses evaluate() {
    return session.evaluate();
  }

  /** The gradient of the total with respect to the picture as it is now, [height][width][3]. */
  public float[] gradient() {
    return session.gradient();
  }

  /**
   * What the recipe compares at one of its layers, of the picture as it is now:
   * [height/stride][width/stride][channels], before or after ReLU as the recipe has it, in the
   * backbone's units.
   */
  public float[] features(String layer) {
    return session.features(layer);
  }

  @Override
  public void close() {
    session.close();
  }
}
