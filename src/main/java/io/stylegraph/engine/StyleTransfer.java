package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Recipe;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/**
 * One run: owns a graph and a session with the picture, its targets and its optimiser. Not safe for
 * use from several threads.
 */
public final class StyleTransfer implements AutoCloseable {
  private final Recipe recipe;
  private final int width;
  private final int height;
  private final Graph graph;
  private final Session session;
  private final StyleTransferGraph ops;

  /**
   * Builds the graph, reads the weights and computes the targets.
   *
   * @param content gives the size
   * @param style of any size
   * @param start of the content's size
   * @throws io.stylegraph.error.MissingLayersException if the backbone lacks a layer of the recipe
   */
  public StyleTransfer(
      Backbone backbone,
      Recipe recipe,
      Compute compute,
      Picture content,
      Picture style,
      Picture start) {
    backbone.require(recipe.layersUsed());
    this.recipe = recipe;
    width = content.width();
    height = content.height();
    ops = new StyleTransferGraph(backbone, recipe, content, style);
    graph = compute.executable(ops.definition());
    session = new Session(graph, compute.sessionConfig());
    try {
      guarded(
          () -> {
            ops.begin(session, start);
            return start;
          });
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Runs the recipe's steps from where the picture is.
   *
   * @return the best picture, also when the run was cancelled or its loss stopped being finite
   * @throws NonFiniteLossException if the loss of the first step is not finite
   */
  public Outcome run(RunOptions options) {
    Loop loop = new Loop(options);
    loop.run();
    return loop.outcome();
  }

  /** The picture's width in pixels. */
  public int width() {
    return width;
  }

  /** The picture's height in pixels. */
  public int height() {
    return height;
  }

  /** The losses of the picture as it is now. */
  public Losses evaluate() {
    return guarded(() -> losses(ops.fetchLosses(session.runner())));
  }

  /** The gradient of the total with respect to the picture as it is now, [height][width][3]. */
  public float[] gradient() {
    return guarded(() -> floats(ops.gradient()));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private Picture fetch(String picture) {
    return guarded(
        () -> {
          try (Result result = session.runner().fetch(picture).run()) {
            return Tensors.picture((TFloat32) result.get(0));
          }
        });
  }

  private float[] floats(String output) {
    try (Result result = session.runner().fetch(output).run()) {
      return Tensors.floats((TFloat32) result.get(0));
    }
  }

  private static Losses losses(Session.Runner runner) {
    try (Result result = runner.run()) {
      return Tensors.losses(result);
    }
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

  /** The state of one call of {@link #run}. */
  private final class Loop {
    private final RunOptions options;
    private final long begun = System.nanoTime();
    private @Nullable Losses first;
    private @Nullable Losses best;
    private int done;
    private StopReason stopReason = StopReason.COMPLETED;

    Loop(RunOptions options) {
      this.options = options;
    }

    void run() {
      while (done < recipe.steps()) {
        if (options.cancellation().isCancelled() || Thread.currentThread().isInterrupted()) {
          stopReason = StopReason.CANCELLED;
          return;
        }
        if (!step()) {
          stopReason = StopReason.NON_FINITE_LOSS;
          return;
        }
      }
      // The last update's picture has not been looked at yet.
      keep(guarded(() -> losses(ops.keepBest(ops.fetchLosses(session.runner())))));
    }

    private boolean step() {
      Losses losses =
          guarded(() -> losses(ops.update(ops.keepBest(ops.fetchLosses(session.runner())))));
      if (!losses.isFinite()) {
        if (best == null) {
          throw new NonFiniteLossException(done + 1, losses.total());
        }
        return false;
      }
      done++;
      keep(losses);
      double seconds = (System.nanoTime() - begun) / 1e9;
      options.listener().onStep(new StepReport(done, recipe.steps(), losses, seconds));
      if (options.pictureEvery() > 0 && done % options.pictureEvery() == 0) {
        options.pictures().onPicture(done, fetch(ops.picture()));
      }
      return true;
    }

    private void keep(Losses losses) {
      if (first == null) {
        first = losses;
      }
      if (best == null || losses.total() < best.total()) {
        best = losses;
      }
    }

    Outcome outcome() {
      Losses kept = best == null ? evaluate() : best;
      return new Outcome(fetch(ops.best()), kept, first == null ? kept : first, done, stopReason);
    }
  }
}
