package io.stylegraph.engine;

import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/**
 * What a run has for itself at one picture size: the picture in place, the best so far, and the
 * targets. The network that sees them is shared.
 */
final class TransferSession implements AutoCloseable {
  private final PixelSpace pixels;
  private final Compute compute;
  private final Objective objective;
  private final Runnable release;
  private final ObjectiveOps ops;
  private final List<TFloat32> weights;
  private final PlacedPicture placed;
  private final float[] gradient;
  private TransferPictures pictures;
  private Unpainted unpainted;
  private TemporalFeeds temporalFeeds;
  private @Nullable StyleFeeds styleFeeds;

  /** Of the content's targets, or for a run that takes them from the content picture. */
  private ContentFeeds contentFeeds;

  /** On a network that others may use too. */
  TransferSession(
      SharedNetwork network, Recipe recipe, Compute compute, TransferPictures pictures) {
    this(
        guarded(
            () ->
                network.lease(
                    recipe, pictures.guidedRegions(), pictures.before().isPresent(), compute)),
        recipe,
        compute,
        pictures);
  }

  private TransferSession(
      SharedNetwork.Lease lease, Recipe recipe, Compute compute, TransferPictures pictures) {
    this(lease.objective(), lease::close, recipe, compute, pictures);
  }

  /**
   * On an objective.
   *
   * @param release runs when this is closed
   */
  TransferSession(
      Objective objective,
      Runnable release,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures) {
    this.objective = objective;
    this.release = release;
    ops = objective.ops();
    pixels = recipe.pixels();
    this.compute = compute;
    this.pictures = pictures;
    Picture start = pictures.start();
    weights =
        Stream.of(recipe.styleWeight(), recipe.contentWeight(), recipe.tvWeight())
            .map(weight -> TFloat32.scalarOf(weight.floatValue()))
            .toList();
    contentFeeds = ContentFeeds.looking(ops.losses());
    temporalFeeds = TemporalFeeds.of(ops, pixels, pictures);
    placed = new PlacedPicture(Tensors.shape(start), pixels.fromBytes(start.rgb()));
    unpainted = Unpainted.of(pictures);
    gradient = new float[3 * start.width() * start.height()];
    try {
      styleFeeds = guarded(() -> StyleFeeds.of(objective, pixels, pictures));
      if (start != pictures.content()) {
        guarded(this::lookAtContent);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What it computes on and with. */
  Compute compute() {
    return compute.with(compute.bf16() ? Precision.BF16 : Precision.FP32);
  }

  /** The losses of the first picture in both precisions, of a session on trial, before any move. */
  PrecisionProof prove() {
    return guarded(
        () -> {
          LossOps exact = ops.exact().orElseThrow();
          try (TFloat32 seen = objective.tensor(exact, pictures.start(), pixels);
              ContentFeeds exactContent =
                  pictures.start() == pictures.content()
                      ? ContentFeeds.looking(exact)
                      : ContentFeeds.of(
                          exact, objective.contentTargets(exact, pictures.content(), pixels))) {
            Session.Runner runner = exactContent.feed(runner().feed(exact.picture(), seen));
            exact.losses().forEach(runner::fetch);
            ops.losses().losses().forEach(runner::fetch);
            try (Result result = objective.run(runner)) {
              return new PrecisionProof(
                  Tensors.losses(result), Tensors.losses(result, Tensors.LOSSES));
            }
          }
        });
  }

  /** The losses of the picture in place. */
  Losses evaluate() {
    return evaluate(false);
  }

  /** The gradient of the total with respect to 0-255 at the picture in place. */
  float[] gradient() {
    evaluate(true);
    return pixels.gradientToBytes(gradient);
  }

  /** What the recipe compares at one of its layers, of the picture in place. */
  float[] features(String layer) {
    String op = Objects.requireNonNull(ops.features().get(layer), layer);
    return guarded(
        () -> {
          try (Result result = objective.run(runner().fetch(op))) {
            return Tensors.floats((TFloat32) result.get(0));
          }
        });
  }

  /** The losses of the picture in place, which is kept if it is the best so far. */
  Losses evaluateAndKeep() {
    Losses losses = evaluate();
    placed.keepIfBest(losses.total());
    return losses;
  }

  /** As {@link #evaluateAndKeep}, with the gradient in the pixel space. */
  Evaluation evaluateWithGradient() {
    Losses losses = evaluate(true);
    placed.keepIfBest(losses.total());
    return new Evaluation(losses, gradient);
  }

  /** Losses and gradient of one picture; the gradient's array is the next evaluation's too. */
  static final class Evaluation {
    private final Losses losses;
    private final float[] gradient;

    Evaluation(Losses losses, float[] gradient) {
      this.losses = losses;
      this.gradient = gradient;
    }

    Losses losses() {
      return losses;
    }

    float[] gradient() {
      return gradient;
    }
  }

  /** Puts another picture of the session's size in place, also as the best, of a loss not known. */
  void place(Picture picture) {
    if (contentFeeds.isLooking()) {
      guarded(this::lookAtContent);
    }
    placed.begin(pixels.fromBytes(picture.rgb()));
  }

  /** Goes on with another frame of the same film; the styles' targets stay. */
  void follow(TransferPictures frame) {
    pictures = frame;
    unpainted = Unpainted.of(frame);
    temporalFeeds.close();
    temporalFeeds = TemporalFeeds.of(ops, pixels, frame);
    guarded(this::lookAtContent);
    placed.begin(pixels.fromBytes(frame.start().rgb()));
  }

  /**
   * Goes on where another session of the same pictures was.
   *
   * @param values of the pixel space, [height][width][3]
   * @param best likewise, of the lowest total so far
   */
  void restore(float[] values, float[] best, double bestTotal) {
    if (contentFeeds.isLooking()) {
      // As that one took its targets, so that they are the same to the last bit.
      evaluate(true);
    }
    placed.restore(values, best, bestTotal);
  }

  /** Puts other values of the pixel space in place, [height][width][3]. */
  void move(float[] values) {
    placed.move(values);
  }

  /** The picture in place. */
  Picture picture() {
    return unpainted.keep(Tensors.picture(placed.picture(), pixels));
  }

  /** A picture of the session's size of values of the pixel space. */
  Picture picture(float[] values) {
    Picture start = pictures.start();
    return unpainted.keep(Picture.of(start.width(), start.height(), pixels.toBytes(values)));
  }

  /** Whether a picture with a finite total was evaluated. */
  boolean hasBest() {
    return placed.hasBest();
  }

  /** The values of the pixel space of {@link #best}, copied. */
  float[] bestValues() {
    return Tensors.floats(placed.best());
  }

  /** The picture of the lowest total so far. */
  Picture best() {
    return unpainted.keep(Tensors.picture(placed.best(), pixels));
  }

  @Override
  public void close() {
    placed.close();
    contentFeeds.close();
    temporalFeeds.close();
    weights.forEach(TFloat32::close);
    if (styleFeeds != null) {
      styleFeeds.close();
    }
    release.run();
  }

  private Picture lookAtContent() {
    replaceContentFeeds(objective.contentTargets(ops.losses(), pictures.content(), pixels));
    return pictures.content();
  }

  private void replaceContentFeeds(List<TFloat32> targets) {
    contentFeeds.close();
    contentFeeds = ContentFeeds.of(ops.losses(), targets);
  }

  private Losses evaluate(boolean withGradient) {
    return guarded(
        () -> {
          Result result = objective.run(evaluation(withGradient));
          int own = Tensors.LOSSES + (withGradient ? 1 : 0);
          Losses losses = Tensors.losses(result);
          if (withGradient) {
            Tensors.read((TFloat32) result.get(own - 1), gradient);
            unpainted.clear(gradient);
          }
          if (contentFeeds.isLooking()) {
            replaceContentFeeds(Objective.tensors(result, own));
            Objective.tensors(result, 0).subList(0, own).forEach(TFloat32::close);
          } else {
            result.close();
          }
          return losses;
        });
  }

  /** A run that fetches the losses of the picture in place, the gradient, and the targets. */
  Session.Runner evaluation(boolean withGradient) {
    Session.Runner runner = runner();
    ops.losses().losses().forEach(runner::fetch);
    if (withGradient) {
      runner.fetch(ops.gradient());
    }
    ops.losses().kept().forEach(runner::fetch);
    return runner;
  }

  /** A run on the picture in place. */
  private Session.Runner runner() {
    Session.Runner runner = objective.runner().feed(ops.losses().picture(), placed.picture());
    for (int i = 0; i < weights.size(); i++) {
      runner.feed(ops.weights().get(i), weights.get(i));
    }
    if (styleFeeds != null) {
      styleFeeds.feed(runner);
    }
    return contentFeeds.feed(temporalFeeds.feed(runner));
  }

  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (TensorFlowException e) {
      String detail = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new RunFailedException(
          "TensorFlow broke off the run (%s); try a smaller --size, or --verbose for more"
              .formatted(detail),
          e);
    }
  }
}
