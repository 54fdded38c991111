package io.stylegraph.service;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a bounded number of jobs at once and lets a bounded number wait, in their order. */
final class JobQueue {
  private static final long USUAL_WAIT = 30;
  private static final long LONGEST_WAIT = 600;

  private record Turn(Job job, Consumer<Job> painter) implements Runnable {
    @Override
    public void run() {
      painter.accept(job);
    }
  }

  private final ThreadPoolExecutor workers;
  private final Consumer<Job> painter;
  private final Metrics metrics;
  private final InstantSource clock;
  private final Set<Job> running = ConcurrentHashMap.newKeySet();

  /** {@code painter} runs a job to its end, whatever happens. */
  JobQueue(ServiceSettings settings, Consumer<Job> painter, Metrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
    this.painter =
        job -> {
          running.add(job);
          try {
            painter.accept(job);
          } finally {
            running.remove(job);
          }
        };
    this.workers =
        new ThreadPoolExecutor(
            settings.maxJobs(),
            settings.maxJobs(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(settings.queue()),
            task -> new Thread(task, "stylegraph-job"));
  }

  /**
   * Lets a job wait for its turn.
   *
   * @throws Refusal if too many wait, or the service is stopping
   */
  void submit(Job job) {
    try {
      workers.execute(new Turn(job, painter));
    } catch (RejectedExecutionException e) {
      throw refusal();
    }
  }

  /**
   * Refuses, before an upload is read, what {@link #submit} would refuse after it.
   *
   * @throws Refusal as there
   */
  void requireRoom() {
    if (isStopping() || workers.getQueue().remainingCapacity() == 0) {
      throw refusal();
    }
  }

  boolean isStopping() {
    return workers.isShutdown();
  }

  private Refusal refusal() {
    return isStopping()
        ? Refusal.later("the service is stopping and takes no more jobs", USUAL_WAIT)
        : Refusal.later(
            "%d jobs wait already; try again in a while".formatted(waiting().size()),
            secondsToNextTurn());
  }

  /** Cancels it: at once if it waits, at its step's end if it runs. */
  void cancel(Job job) {
    workers.getQueue().removeIf(turn -> ((Turn) turn).job() == job);
    if (job.cancel(clock.instant())) {
      metrics.onEnd(JobState.CANCELLED);
    }
  }

  /** Its place among those that wait, from 1; none if it does not wait. */
  Optional<Integer> position(Job job) {
    int index = waiting().indexOf(job);
    return index < 0 ? Optional.empty() : Optional.of(index + 1);
  }

  List<Job> waiting() {
    List<Job> jobs = new ArrayList<>();
    workers.getQueue().forEach(turn -> jobs.add(((Turn) turn).job()));
    return jobs;
  }

  List<Job> running() {
    return List.copyOf(running);
  }

  /** When a place in the queue may be free, in whole seconds. */
  long secondsToNextTurn() {
    double soonest =
        running.stream()
            .flatMap(job -> job.secondsLeft().stream())
            .mapToDouble(Double::doubleValue)
            .min()
            .orElse(USUAL_WAIT);
    return Math.max(1, Math.min(LONGEST_WAIT, Math.round(soonest)));
  }

  /** Takes no more jobs, cancels those that wait, and after {@code grace} those that run. */
  void stop(Duration grace) {
    workers.shutdown();
    waiting().forEach(this::cancel);
    if (!ends(grace)) {
      running.forEach(this::cancel);
      ends(Duration.ofDays(1));
    }
  }

  private boolean ends(Duration within) {
    try {
      return workers.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
