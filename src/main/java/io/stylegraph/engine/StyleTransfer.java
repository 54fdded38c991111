package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Recipe;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TBool;
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

  /** Whether the next run sees the content picture for the first time. */
  private boolean mustLook;

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
            ops.begin(session);
            ops.place(session, content);
            if (start != content) {
              ops.computeContentTargets(session);
              ops.place(session, start);
            }
            return start;
          });
      mustLook = start == content;
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
    return losses(ops::fetchLosses);
  }

  /** The gradient of the total with respect to the picture as it is now, [height][width][3]. */
  public float[] gradient() {
    return run(runner -> runner.fetch(ops.gradient()), StyleTransfer::floats);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private Losses losses(UnaryOperator<Session.Runner> what) {
    return run(what, Tensors::losses);
  }

  private Picture fetch(String picture) {
    return guarded(
        () -> {
          try (Result result = session.runner().fetch(picture).run()) {
            return Tensors.picture((TFloat32) result.get(0));
          }
        });
  }

  private static float[] floats(Result result) {
    return Tensors.floats((TFloat32) result.get(0));
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
      keep(losses(runner -> ops.keepBest(ops.fetchLosses(runner))));
    }

    private boolean step() {
      Losses losses = losses(runner -> ops.update(ops.keepBest(ops.fetchLosses(runner))));
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
