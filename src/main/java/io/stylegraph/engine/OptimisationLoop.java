package io.stylegraph.engine;

import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.image.Picture;
import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.Recipe;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Steps until all of a span are done or something ends the run, and knows the best losses. */
final class OptimisationLoop implements AutoCloseable {
  private static final Set<StopReason> FAILED =
      EnumSet.of(StopReason.NON_FINITE_LOSS, StopReason.DIVERGED);

  private final TransferSession session;
  private final Stepper stepper;
  private final Span span;
  private final Resets resets;
  private final Keep result;
  private final Optional<IterateAverage> average;
  private final Checkpoints checkpoints;
  private final RunOptions options;
  private @Nullable Losses first;
  private @Nullable Losses best;

  /** Of the whole run. */
  private int done;

  private Duration lastStep = Duration.ZERO;

  /**
   * A loop from the picture that is in place.
   *
   * @param begin its values, and what the optimiser knows if it does not begin anew
   */
  OptimisationLoop(
      Recipe recipe,
      TransferSession session,
      Beginning begin,
      Span span,
      Resets resets,
      Checkpoints checkpoints,
      RunOptions options) {
    this.session = session;
    this.span = span;
    this.resets = resets;
    this.checkpoints = checkpoints;
    this.options = options;
    result = recipe.keep();
    average =
        result == Keep.AVERAGE
            ? Optional.of(new IterateAverage(recipe.averageDecay(), begin.values().length))
            : Optional.empty();
    done = span.before();
    stepper = Stepper.of(recipe, session, begin, resets);
  }

  /** Goes on from a state of the same span, whose optimiser it was begun with. */
  void restore(RunState state) {
    session.restore(stepper.point(), state.bestValues().array(), state.best().total());
    average.ifPresent(it -> it.restore(state.average().orElseThrow()));
    first = state.first();
    best = state.best();
    done = state.step();
  }

  /**
   * Does the steps.
   *
   * @throws NonFiniteLossException if the first loss of the span is not finite
   */
  Outcome run() {
    StopReason reason = stepAll();
    if (!FAILED.contains(reason) && average.filter(it -> !it.isEmpty()).isPresent()) {
      return averaged(reason);
    }
    if (reason == StopReason.COMPLETED) {
      // The last update's picture has not been looked at yet.
      Losses last = session.evaluateAndKeep();
      keep(last);
      if (result == Keep.LAST) {
        return outcome(session.picture(), last, reason);
      }
    }
    return outcome(session.best(), best == null ? session.evaluate() : best, reason);
  }

  private Outcome averaged(StopReason reason) {
    session.move(average.orElseThrow().value());
    return outcome(session.picture(), session.evaluate(), reason);
  }

  private Outcome outcome(Picture picture, Losses losses, StopReason reason) {
    return new Outcome(picture, losses, first == null ? losses : first, done, reason);
  }

  private StopReason stepAll() {
    while (done < span.end()) {
      Optional<StopReason> asked = askedToStop();
      if (asked.isPresent()) {
        saveAtStop();
        return asked.get();
      }
      Instant begun = Instant.now();
      Stepper.Step step = stepper.step(done + 1, Optional.ofNullable(first));
      lastStep = Duration.between(begun, Instant.now());
      if (step.event() == Stepper.Event.LOST) {
        return lost(step.losses());
      }
      done++;
      keep(step.losses());
      average.ifPresent(it -> extend(it, step.event()));
      report(step.losses());
      if (step.event() == Stepper.Event.FINISHED) {
        return StopReason.CONVERGED;
      }
      checkpoints.saveIfDue(done, this::state);
    }
    if (askedToStop().isPresent()) {
      // The next scale's loop will stop before it has a state to save.
      saveAtStop();
    }
    return StopReason.COMPLETED;
  }

  private Optional<StopReason> askedToStop() {
    if (options.cancellation().isCancelled() || Thread.currentThread().isInterrupted()) {
      return Optional.of(StopReason.CANCELLED);
    }
    // A step that would end after the deadline is not begun.
    Instant after = Instant.now().plus(lastStep);
    return options.deadline().filter(after::isAfter).map(it -> StopReason.DEADLINE);
  }

  private StopReason lost(Losses losses) {
    if (best == null) {
      throw new NonFiniteLossException(done + 1, losses.total());
    }
    return resets.used() == Resets.MOST ? StopReason.DIVERGED : StopReason.NON_FINITE_LOSS;
  }

  private void extend(IterateAverage iterates, Stepper.Event event) {
    if (event == Stepper.Event.RESET) {
      // What led astray is not to be a part of it.
      iterates.clear();
    }
    iterates.add(stepper.point());
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
      options.pictures().onPicture(done, shown());
    }
  }

  private Picture shown() {
    return average.map(it -> session.picture(it.value())).orElseGet(session::picture);
  }

  private void saveAtStop() {
    if (best != null) {
      checkpoints.save(done, this::state);
    }
  }

  private RunState state() {
    return new RunState(
        session.compute().describe(),
        span.stage(),
        done,
        span.seconds(),
        resets.used(),
        Objects.requireNonNull(first),
        Objects.requireNonNull(best),
        new Values(session.bestValues()),
        stepper.state(),
        average.map(IterateAverage::state));
  }

  /** What the optimiser knows. */
  OptimizerState optimizer() {
    return stepper.state();
  }

  @Override
  public void close() {
    stepper.close();
  }
}
