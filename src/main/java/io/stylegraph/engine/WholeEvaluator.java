package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** An objective that is computed of the whole picture at once. */
final class WholeEvaluator implements Evaluator {
  private final Objective objective;
  private final ObjectiveOps ops;
  private final PixelSpace pixels;
  private final Runnable release;
  private final TermScalars weights;
  private TransferPictures pictures;
  private TemporalFeeds temporalFeeds;
  private @Nullable StyleFeeds styleFeeds;

  /** Of the content's targets, or for a run that takes them from the content picture. */
  private ContentFeeds contentFeeds;

  /**
   * Looks at the pictures; at the content with the first evaluation, if that begins with it.
   *
   * @param release runs when this is closed
   */
  WholeEvaluator(Objective objective, Runnable release, Recipe recipe, TransferPictures pictures) {
    this.objective = objective;
    this.release = release;
    this.pictures = pictures;
    ops = objective.ops();
    pixels = recipe.pixels();
    weights = new TermScalars(recipe);
    contentFeeds = ContentFeeds.looking(ops.losses());
    temporalFeeds = TemporalFeeds.of(ops, pixels, pictures);
    try {
      styleFeeds = StyleFeeds.of(objective, pixels, pictures);
      if (pictures.start() != pictures.content()) {
        lookAtContent();
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public Losses evaluate(TFloat32 picture, float @Nullable [] gradient) {
    Result result = objective.run(evaluation(picture, gradient != null));
    int own = Tensors.LOSSES + (gradient != null ? 1 : 0);
    Losses losses = Tensors.losses(result);
    if (gradient != null) {
      Tensors.read((TFloat32) result.get(own - 1), gradient);
    }
    if (contentFeeds.isLooking()) {
      replaceContentFeeds(Objective.tensors(result, own));
      Objective.tensors(result, 0).subList(0, own).forEach(TFloat32::close);
    } else {
      result.close();
    }
    return losses;
  }

  @Override
  public boolean isLooking() {
    return contentFeeds.isLooking();
  }

  @Override
  public void lookAtContent() {
    replaceContentFeeds(objective.contentTargets(ops.losses(), pictures.content(), pixels));
  }

  @Override
  public void follow(TransferPictures frame) {
    pictures = frame;
    temporalFeeds.close();
    temporalFeeds = TemporalFeeds.of(ops, pixels, frame);
    lookAtContent();
  }

  @Override
  public float[] features(String layer, TFloat32 picture) {
    String op = Objects.requireNonNull(ops.features().get(layer), layer);
    try (Result result = objective.run(runner(picture).fetch(op))) {
      return Tensors.floats((TFloat32) result.get(0));
    }
  }

  @Override
  public PrecisionProof prove() {
    Picture start = pictures.start();
    LossOps exact = ops.exact().orElseThrow();
    try (TFloat32 picture = objective.tensor(ops.losses(), start, pixels);
        TFloat32 seen = objective.tensor(exact, start, pixels);
        ContentFeeds exactContent =
            start == pictures.content()
                ? ContentFeeds.looking(exact)
                : ContentFeeds.of(
                    exact, objective.contentTargets(exact, pictures.content(), pixels))) {
      Session.Runner runner = exactContent.feed(runner(picture).feed(exact.picture(), seen));
      exact.losses().forEach(runner::fetch);
      ops.losses().losses().forEach(runner::fetch);
      try (Result result = objective.run(runner)) {
        return new PrecisionProof(Tensors.losses(result), Tensors.losses(result, Tensors.LOSSES));
      }
    }
  }

  /** A run that fetches a picture's losses, the gradient, and the content's targets. */
  Session.Runner evaluation(TFloat32 picture, boolean withGradient) {
    Session.Runner runner = runner(picture);
    ops.losses().losses().forEach(runner::fetch);
    if (withGradient) {
      runner.fetch(ops.gradient());
    }
    ops.losses().kept().forEach(runner::fetch);
    return runner;
  }

  private Session.Runner runner(TFloat32 picture) {
    Session.Runner runner = objective.runner().feed(ops.losses().picture(), picture);
    weights.feed(runner, ops.weights());
    if (styleFeeds != null) {
      styleFeeds.feed(runner);
    }
    return contentFeeds.feed(temporalFeeds.feed(runner));
  }

  private void replaceContentFeeds(List<TFloat32> targets) {
    contentFeeds.close();
    contentFeeds = ContentFeeds.of(ops.losses(), targets);
  }

  @Override
  public void close() {
    contentFeeds.close();
    temporalFeeds.close();
    weights.close();
    if (styleFeeds != null) {
      styleFeeds.close();
    }
    release.run();
  }
}
