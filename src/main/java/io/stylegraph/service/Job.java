package io.stylegraph.service;

import io.stylegraph.StyleTransferResult;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One job and all that is known of it. Safe to use from any thread. */
final class Job {
  /** A picture on the way, after a step. */
  record Intermediate(int step, Picture picture) {}

  /** The weighted losses that one step reported. */
  record Point(int step, double total, double content, double style, double tv) {
    static Point of(StepReport report) {
      Losses losses = report.losses();
      return new Point(
          report.step(), losses.total(), losses.content(), losses.style(), losses.tv());
    }
  }

  private final String id;
  private final Instant created;
  private final CancellationToken cancellation = new CancellationToken();
  private final List<Point> points = new ArrayList<>();
  private final String recipe;
  private final int size;
  private final int steps;
  private @Nullable JobOrder order;
  private JobState state = JobState.QUEUED;
  private @Nullable StepReport report;
  private @Nullable Intermediate intermediate;
  private @Nullable PaintedPicture result;
  private @Nullable StopReason stopReason;
  private @Nullable String error;
  private @Nullable Instant ended;

  Job(String id, JobOrder order, Instant created) {
    this.id = id;
    this.order = order;
    this.created = created;
    this.recipe = order.recipe().name();
    this.size = order.size();
    this.steps = order.steps();
  }

  String id() {
    return id;
  }

  Instant created() {
    return created;
  }

  CancellationToken cancellation() {
    return cancellation;
  }

  synchronized JobState state() {
    return state;
  }

  /** Its pictures and settings, until it expires. */
  synchronized Optional<JobOrder> order() {
    return Optional.ofNullable(order);
  }

  synchronized Optional<PaintedPicture> result() {
    return Optional.ofNullable(result);
  }

  synchronized Optional<Intermediate> intermediate() {
    return Optional.ofNullable(intermediate);
  }

  synchronized Optional<Instant> ended() {
    return Optional.ofNullable(ended);
  }

  /** The losses reported after the first {@code known} of them. */
  synchronized List<Point> pointsAfter(int known) {
    return List.copyOf(points.subList(Math.min(known, points.size()), points.size()));
  }

  /** Bytes of the pictures it holds encoded. */
  synchronized long bytes() {
    long pictures = order == null ? 0 : order.bytes();
    return pictures + (result == null ? 0 : result.png().length);
  }

  /** Whether it now runs; it does not if it was cancelled while it waited. */
  synchronized boolean begin() {
    if (state != JobState.QUEUED) {
      return false;
    }
    state = JobState.RUNNING;
    return true;
  }

  synchronized void onStep(StepReport latest) {
    report = latest;
    points.add(Point.of(latest));
  }

  synchronized void onPicture(int step, Picture picture) {
    intermediate = new Intermediate(step, picture);
  }

  /** Its run ended; {@code picture} is what it made, empty if it had none yet. */
  synchronized void finish(
      StyleTransferResult made, Optional<PaintedPicture> picture, Instant now) {
    result = picture.orElse(null);
    stopReason = made.stopReason();
    if (made.failure().isPresent()) {
      fail(made.failure().get(), now);
    } else if (made.stopReason() == StopReason.CANCELLED) {
      end(JobState.CANCELLED, now);
    } else if (picture.isPresent()) {
      end(JobState.DONE, now);
    } else {
      fail("its time was over before the first step; try a smaller size", now);
    }
  }

  synchronized void fail(String message, Instant now) {
    error = message;
    end(JobState.FAILED, now);
  }

  /**
   * Cancels it if it still waits; a running one ends at its step's end, by its token.
   *
   * @return whether it has ended by that
   */
  synchronized boolean cancel(Instant now) {
    cancellation.cancel();
    if (state != JobState.QUEUED) {
      return false;
    }
    stopReason = StopReason.CANCELLED;
    end(JobState.CANCELLED, now);
    return true;
  }

  /** Ends a job that was cancelled before its first step, while it waited for memory. */
  synchronized boolean cancelUnstarted(Instant now) {
    if (!cancellation.isCancelled()) {
      return false;
    }
    stopReason = StopReason.CANCELLED;
    end(JobState.CANCELLED, now);
    return true;
  }

  /** Forgets every picture. */
  synchronized void expire() {
    order = null;
    result = null;
    state = JobState.EXPIRED;
  }

  private void end(JobState how, Instant now) {
    state = how;
    ended = now;
    intermediate = null;
  }

  /** The status, with its place in the queue if it has one. */
  synchronized JobStatus status(Optional<Integer> position) {
    boolean running = state == JobState.RUNNING;
    return new JobStatus(
        id,
        state,
        position.orElse(null),
        recipe,
        size,
        report == null ? 0 : report.step(),
        steps,
        report == null ? null : Point.of(report),
        report == null ? null : report.seconds(),
        report == null || !running ? null : report.secondsLeft(),
        JobStatus.word(stopReason),
        error,
        result != null,
        created.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** The time left at its speed, in seconds; none if that is not known yet. */
  synchronized Optional<Double> secondsLeft() {
    return Optional.ofNullable(report).map(StepReport::secondsLeft);
  }

  /** Steps a second while it runs. */
  synchronized double stepsPerSecond() {
    return report == null || state != JobState.RUNNING ? 0 : report.stepsPerSecond();
  }
}
