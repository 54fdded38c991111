package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The graph and the session of one run, and what may be asked of them. */
final class TransferSession implements AutoCloseable {
  private final PixelSpace pixels;
  private final Compute compute;
  private final Picture content;
  private final Picture start;
  private final StyleTransferGraph ops;
  private final Graph graph;
  private final Session session;

  /** Whether the next run sees the content picture for the first time. */
  private boolean mustLook;

  TransferSession(
      Backbone backbone,
      Recipe recipe,
      Compute compute,
      Picture content,
      Picture style,
      Picture start) {
    pixels = recipe.pixels();
    this.compute = compute;
    this.content = content;
    this.start = start;
    ops = new StyleTransferGraph(backbone, recipe, content, style, compute.onTrial());
    graph = compute.executable(ops.definition());
    session = new Session(graph, compute.sessionConfig());
    try {
      guarded(this::begin);
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
    if (start != content) {
      guarded(
          () -> {
            ops.exact().computeContentTargets(session, content);
            return start;
          });
    }
    try (TFloat32 picture = Tensors.of(start);
        TBool look = TBool.scalarOf(start == content)) {
      return run(
          runner -> ops.exact().fetch(ops.fetchLosses(runner), picture, look),
          result ->
              new PrecisionProof(Tensors.losses(result, Tensors.LOSSES), Tensors.losses(result)));
    }
  }

  /** The losses of the picture in place. */
  Losses evaluate() {
    return run(ops::fetchLosses, Tensors::losses);
  }

  /** The gradient of the total with respect to 0-255 at the picture in place. */
  float[] gradient() {
    return run(
        runner -> runner.fetch(ops.gradient()),
        result -> pixels.gradientToBytes(floats(result, 0)));
  }

  /** What the recipe compares at one of its layers, of the picture in place. */
  float[] features(String layer) {
    return run(runner -> runner.fetch(ops.features(layer)), result -> floats(result, 0));
  }

  /** The losses of the picture in place, which is kept if it is the best so far. */
  Losses evaluateAndKeep() {
    return run(runner -> ops.keepBest(ops.fetchLosses(runner)), Tensors::losses);
  }

  /** As {@link #evaluateAndKeep}, and moves the picture by the update in the graph. */
  Losses evaluateAndUpdate() {
    return run(runner -> ops.update(ops.keepBest(ops.fetchLosses(runner))), Tensors::losses);
  }

  /** As {@link #evaluateAndKeep}, with the gradient in the pixel space. */
  Evaluation evaluateWithGradient() {
    return run(
        runner -> ops.keepBest(ops.fetchLosses(runner)).fetch(ops.gradient()),
        result -> new Evaluation(Tensors.losses(result), floats(result, Tensors.LOSSES)));
  }

  /** Losses and gradient of one picture. */
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
    guarded(
        () -> {
          lookAtContent();
          ops.place(session, picture);
          return picture;
        });
  }

  /** Puts other values of the pixel space in place, [height][width][3]. */
  void move(float[] values) {
    guarded(
        () -> {
          ops.move(session, values);
          return values;
        });
  }

  /** The picture in place. */
  Picture picture() {
    return fetch(ops.picture());
  }

  /** The picture of the lowest total so far. */
  Picture best() {
    return fetch(ops.best());
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private Picture begin() {
    ops.begin(session);
    ops.place(session, content);
    mustLook = true;
    if (start != content) {
      lookAtContent();
      ops.place(session, start);
    }
    return start;
  }

  /** Takes the content's targets, if no run did, while the content picture is in place. */
  private void lookAtContent() {
    if (mustLook) {
      ops.computeContentTargets(session);
      mustLook = false;
    }
  }

  private Picture fetch(String picture) {
    return guarded(
        () -> {
          try (Result result = session.runner().fetch(picture).run()) {
            return Tensors.picture((TFloat32) result.get(0), pixels);
          }
        });
  }

  /** Runs what needs the content's targets. */
  private <T> T run(UnaryOperator<Session.Runner> what, Function<Result, T> read) {
    return guarded(
        () -> {
          try (TBool look = TBool.scalarOf(mustLook);
              Result result = what.apply(ops.look(session.runner(), look)).run()) {
            mustLook = false;
            return read.apply(result);
          }
        });
  }

  private static float[] floats(Result result, int index) {
    return Tensors.floats((TFloat32) result.get(index));
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
