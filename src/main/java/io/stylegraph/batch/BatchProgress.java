package io.stylegraph.batch;

import io.stylegraph.progress.TimeSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How far a batch is, over all its jobs. A job's share of the time is its pixels times its steps.
 * Safe to use from any thread.
 */
public final class BatchProgress implements BatchListener {
  /** Of one job. */
  private static final class Share {
    private final double work;
    private int step;
    private int steps;
    private double done;
    private boolean ended;

    Share(double work, int steps) {
      this.work = work;
      this.steps = steps;
    }
  }

  private final Map<String, Share> shares = new HashMap<>();
  private final LongSupplier nanos;
  private final long begun;
  private final double allWork;

  /**
   * It begins now.
   *
   * @param nanos the time in nanoseconds, from any origin
   */
  public BatchProgress(List<PlannedJob> jobs, LongSupplier nanos) {
    jobs.forEach(
        it -> shares.put(it.job().output(), new Share(it.size().work(), it.size().steps())));
    this.nanos = nanos;
    begun = nanos.getAsLong();
    allWork = shares.values().stream().mapToDouble(it -> it.work).sum();
  }

  @Override
  public synchronized void onStep(BatchJob job, int step, int steps) {
    Share share = shares.get(job.output());
    if (share != null && !share.ended) {
      share.step = step;
      share.steps = steps;
      share.done = step == steps ? share.work : share.work * step / steps;
    }
  }

  @Override
  public synchronized void onEnd(BatchJob job, JobOutcome outcome) {
    Share share = shares.get(job.output());
    if (share != null && !share.ended) {
      onStep(job, share.step, share.step);
      share.ended = true;
    }
  }

  /** How many jobs there are. */
  public synchronized int jobs() {
    return shares.size();
  }

  /** How many have ended. */
  public synchronized long ended() {
    return shares.values().stream().filter(it -> it.ended).count();
  }

  /** How many steps were done. */
  public synchronized int step() {
    return shares.values().stream().mapToInt(it -> it.step).sum();
  }

  /** How many steps there are. */
  public synchronized int steps() {
    return shares.values().stream().mapToInt(it -> it.steps).sum();
  }

  /** Since it began. */
  public double seconds() {
    return (nanos.getAsLong() - begun) / 1e9;
  }

  /** The time left at the speed so far, in seconds; infinite before the first step. */
  public synchronized double secondsLeft() {
    double done = shares.values().stream().mapToDouble(it -> it.done).sum();
    return done == 0 ? Double.POSITIVE_INFINITY : seconds() * (allWork - done) / done;
  }

  /** All of it in one line. */
  public synchronized String text() {
    double left = secondsLeft();
    return String.format(
        Locale.ROOT,
        "jobs %d/%d  step %d/%d  %.2f steps/s  %s left",
        ended(),
        jobs(),
        step(),
        steps(),
        step() / seconds(),
        Double.isInfinite(left) ? "unknown time" : TimeSpan.text(left));
  }
}
