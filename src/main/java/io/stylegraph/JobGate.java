package io.stylegraph;

import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.BusyException;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.error.JobNotStartedException.Reason;
import io.stylegraph.progress.CancellationToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Lets jobs in as the limits and the memory allow, in the order they came. A job first waits for a
 * place; with it, it reads its pictures, and then waits until the memory for them is there. While
 * it waits, it leaves at once if it is cancelled, its thread interrupted, its deadline passed, or
 * the gate closed.
 */
final class JobGate implements AutoCloseable {
  private final StylizerLimits limits;
  private final JobMemory memory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Place> forPlace = new ArrayDeque<>();
  private final Deque<Place> forMemory = new ArrayDeque<>();
  private final List<Place> inside = new ArrayList<>();
  private boolean closed;

  JobGate(StylizerLimits limits, JobMemory memory) {
    this.limits = limits;
    this.memory = memory;
  }

  /**
   * Waits for a place.
   *
   * @throws BusyException if as many wait as may
   * @throws JobNotStartedException if the job should not or cannot start any more
   */
  Place enter(RunOptions options) {
    Place place = new Place(options);
    lock.lock();
    try {
      requireOpen();
      boolean mustWait = !forPlace.isEmpty() || !hasPlace();
      if (mustWait && forPlace.size() >= limits.waitingJobs()) {
        throw new BusyException(inside.size(), forPlace.size());
      }
      await(forPlace, place, this::hasPlace);
      inside.add(place);
      return place;
    } catch (RuntimeException e) {
      place.unregister();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses jobs from now on.
   *
   * @throws JobNotStartedException if it is closed
   */
  void requireOpen() {
    lock.lock();
    try {
      if (closed) {
        throw new JobNotStartedException(Reason.CLOSED);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nobody in any more, cancels those inside, and waits until all have left, whatever
   * interrupts. Closing again does the same.
   *
   * @throws IllegalStateException on a thread that is inside, since it would wait for itself
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (inside.stream().anyMatch(place -> place.thread == Thread.currentThread())) {
        throw new IllegalStateException(
            "a job's listener cannot close the stylizer, which would wait for that very job;"
                + " cancel the job, and close from another thread");
      }
      closed = true;
      changed.signalAll();
      List.copyOf(inside).forEach(place -> place.cancellation.cancel());
      while (!inside.isEmpty() || !forPlace.isEmpty()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasPlace() {
    return inside.size() < limits.concurrentJobs();
  }

  /** Waits in a line until the place comes first and is ready. */
  private void await(Deque<Place> line, Place place, BooleanSupplier ready) {
    line.add(place);
    try {
      requireOpen();
      while (!(ready.getAsBoolean() && line.peek() == place)) {
        place.pause();
        requireOpen();
      }
    } finally {
      line.remove(place);
      changed.signalAll();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A job's right to run, until it is closed. */
  final class Place implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final CancellationToken cancellation = new CancellationToken();
    private final RunOptions options;
    private final CancellationToken.Registration registration;
    private long bytes;

    private Place(RunOptions options) {
      cancellation.onCancel(JobGate.this::wake);
      this.options = options.withCancellation(cancellation);
      registration = options.cancellation().onCancel(cancellation::cancel);
    }

    /** The job's own, cancelled also when the gate closes. */
    RunOptions options() {
      return options;
    }

    /**
     * Waits until the job's memory is there; once.
     *
     * @param needed in bytes, besides what all jobs need together
     * @param alone refuses the job if it does not fit even alone, given the bytes it would have
     * @throws JobNotStartedException if the job should not or cannot start any more
     */
    void reserve(long needed, LongConsumer alone) {
      lock.lock();
      try {
        await(forMemory, this, () -> memory.fits(needed, alone));
        memory.take(needed);
        bytes = needed;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      unregister();
      lock.lock();
      try {
        inside.remove(this);
        memory.giveBack(bytes);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private void unregister() {
      registration.close();
    }

    /** Until something changed, or for no reason: the caller looks again. */
    @SuppressWarnings("WaitNotInLoop")
    private void pause() {
      if (cancellation.isCancelled()) {
        throw new JobNotStartedException(Reason.CANCELLED);
      }
      try {
        if (options.deadline().isEmpty()) {
          changed.await();
        } else if (changed.awaitNanos(left(options.deadline().get())) <= 0) {
          throw new JobNotStartedException(Reason.DEADLINE);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JobNotStartedException(Reason.INTERRUPTED);
      }
    }

    private static long left(Instant deadline) {
      return TimeUnit.NANOSECONDS.convert(Duration.between(Instant.now(), deadline));
    }
  }
}
