package io.stylegraph.engine;

import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * What a run has for itself at one picture size: the picture in place, the best so far, and the
 * targets. The network that sees them is shared.
 */
final class TransferSession implements AutoCloseable {
  /** A precision of pictures in tiles is proved on pictures no larger, in pixels. */
  private static final int PROOF_SIDE = 512;

  private final PixelSpace pixels;
  private final Compute compute;
  private final Evaluator evaluator;
  private final PlacedPicture placed;
  private final float[] gradient;
  private TransferPictures pictures;
  private Unpainted unpainted;

  /** On a network that others may use too, of the whole picture at once. */
  TransferSession(
      SharedNetwork network, Recipe recipe, Compute compute, TransferPictures pictures) {
    this(network, recipe, compute, pictures, Optional.empty());
  }

  /**
   * On a network that others may use too.
   *
   * @param tiles empty for the whole picture at once
   */
  TransferSession(
      SharedNetwork network,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures,
      Optional<TilePlan> tiles) {
    this(
        recipe,
        compute,
        pictures,
        () ->
            tiles
                .map(it -> inTiles(network, recipe, compute, pictures, it))
                .orElseGet(() -> whole(network, recipe, compute, pictures)));
  }

  /**
   * On an objective.
   *
   * @param evaluator opens it
   */
  TransferSession(
      Recipe recipe,
      Compute compute,
      TransferPictures pictures,
      Supplier<? extends Evaluator> evaluator) {
    pixels = recipe.pixels();
    this.compute = compute;
    this.pictures = pictures;
    Picture start = pictures.start();
    this.evaluator = guarded(evaluator);
    placed = new PlacedPicture(Tensors.shape(start), pixels.fromBytes(start.rgb()));
    unpainted = Unpainted.of(pictures);
    gradient = new float[3 * start.width() * start.height()];
  }

  private static Evaluator whole(
      SharedNetwork network, Recipe recipe, Compute compute, TransferPictures pictures) {
    SharedNetwork.Lease<Objective> lease =
        network.lease(recipe, pictures.guidedRegions(), pictures.before().isPresent(), compute);
    return new WholeEvaluator(lease.objective(), lease::close, recipe, pictures);
  }

  private static Evaluator inTiles(
      SharedNetwork network,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures,
      TilePlan tiles) {
    SharedNetwork.Lease<TiledStyles> lease =
        network.lease(recipe, pictures.guidedRegions(), compute, tiles);
    TransferPictures small =
        pictures.small(PROOF_SIDE, network.backbone().smallestSide(recipe.layersUsed()));
    return new TiledEvaluator(
        lease.objective(),
        recipe,
        pictures,
        () -> whole(network, recipe, compute, small),
        lease::close);
  }

  /** What it computes on and with. */
  Compute compute() {
    return compute.with(compute.bf16() ? Precision.BF16 : Precision.FP32);
  }

  /** The losses of the first picture in both precisions, of a session on trial, before any move. */
  PrecisionProof prove() {
    return guarded(evaluator::prove);
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
    return guarded(() -> evaluator.features(layer, placed.picture()));
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
    if (evaluator.isLooking()) {
      guarded(
          () -> {
            evaluator.lookAtContent();
            return pictures;
          });
    }
    placed.begin(pixels.fromBytes(picture.rgb()));
  }

  /** Goes on with another frame of the same film; the styles' targets stay. */
  void follow(TransferPictures frame) {
    pictures = frame;
    unpainted = Unpainted.of(frame);
    guarded(
        () -> {
          evaluator.follow(frame);
          return frame;
        });
    placed.begin(pixels.fromBytes(frame.start().rgb()));
  }

  /**
   * Goes on where another session of the same pictures was.
   *
   * @param values of the pixel space, [height][width][3]
   * @param best likewise, of the lowest total so far
   */
  void restore(float[] values, float[] best, double bestTotal) {
    if (evaluator.isLooking()) {
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
    evaluator.close();
  }

  private Losses evaluate(boolean withGradient) {
    return guarded(
        () -> {
          if (!withGradient) {
            return evaluator.evaluate(placed.picture(), null);
          }
          Losses losses = evaluator.evaluate(placed.picture(), gradient);
          unpainted.clear(gradient);
          return losses;
        });
  }

  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (TFResourceExhaustedException e) {
      throw new RunFailedException(
          "TensorFlow got too little memory (%s); try --tile 1024 or a smaller --size"
              .formatted(detail(e, "OOM when allocating tensor with shape")),
          e);
    } catch (TensorFlowException e) {
      throw new RunFailedException(
          "TensorFlow broke off the run (%s); try a smaller --size, or --verbose for more"
              .formatted(detail(e, "")),
          e);
    }
  }

  /** What says the most of an error with several causes: the words from a beginning on. */
  private static String detail(TensorFlowException e, String beginning) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    return lines.stream()
        .filter(line -> line.contains(beginning))
        .map(line -> line.substring(line.indexOf(beginning)))
        .findFirst()
        .orElseGet(() -> lines.isEmpty() ? "" : lines.get(0));
  }
}
