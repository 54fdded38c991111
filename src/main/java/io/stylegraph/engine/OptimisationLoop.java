package io.stylegraph.engine;

import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.Recipe;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Steps until all are done or something ends the run, and knows the best losses. */
final class OptimisationLoop {
  private final TransferSession session;
  private final Stepper stepper;
  private final Span span;
  private final Keep result;
  private final RunOptions options;
  private @Nullable Losses first;
  private @Nullable Losses best;

  /** Of the whole run. */
  private int done;

  private OptimisationLoop(
      TransferSession session, Stepper stepper, Span span, Keep result, RunOptions options) {
    this.session = session;
    this.stepper = stepper;
    this.span = span;
    this.result = result;
    this.options = options;
    done = span.before();
  }

  /** Does the steps of a span from the picture {@code from}, which is in place. */
  static Outcome run(
      Recipe recipe, TransferSession session, Picture from, Span span, RunOptions options) {
    try (Stepper stepper = Stepper.of(recipe, session, from)) {
      return new OptimisationLoop(session, stepper, span, recipe.keep(), options).run();
    }
  }

  private Outcome run() {
    StopReason reason = stepAll();
    if (reason == StopReason.COMPLETED) {
      // The last update's picture has not been looked at yet.
      Losses last = session.evaluateAndKeep();
      keep(last);
      if (result == Keep.LAST && first != null) {
        return new Outcome(session.picture(), last, first, done, reason);
      }
    }
    Losses kept = best == null ? session.evaluate() : best;
    return new Outcome(session.best(), kept, first == null ? kept : first, done, reason);
  }

  private StopReason stepAll() {
    while (done < span.before() + span.steps()) {
      if (options.cancellation().isCancelled() || Thread.currentThread().isInterrupted()) {
        return StopReason.CANCELLED;
      }
      if (options.deadline().filter(Instant.now()::isAfter).isPresent()) {
        return StopReason.DEADLINE;
      }
      Losses losses = stepper.step();
      if (!losses.isFinite() && !(best != null && stepper.recovers())) {
        return notFinite(losses);
      }
      done++;
      keep(losses);
      report(losses);
      if (stepper.finished()) {
        return StopReason.CONVERGED;
      }
    }
    return StopReason.COMPLETED;
  }

  private StopReason notFinite(Losses losses) {
    if (best == null) {
      throw new NonFiniteLossException(done + 1, losses.total());
    }
    return StopReason.NON_FINITE_LOSS;
  }

  private void keep(Losses losses) {
    if (first == null) {
      first = losses;
    }
    if (best == null || losses.total() < best.total()) {
      best = losses;
    }
  }

  private void report(Losses losses) {
    options.listener().onStep(new StepReport(done, span.all(), losses, span.seconds()));
    if (options.pictureEvery() > 0 && done % options.pictureEvery() == 0) {
      options.pictures().onPicture(done, session.picture());
    }
  }
}
