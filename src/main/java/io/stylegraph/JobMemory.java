package io.stylegraph;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * What running jobs will need together, in bytes, against what was free when none ran: while some
 * run, what the machine has free tells neither what they have taken of their share nor what they
 * will take. Guarded by the {@link JobGate}'s lock.
 */
final class JobMemory {
  private final long base;
  private final LongSupplier free;
  private long freeWhenIdle;
  private long taken;

  /**
   * No job runs.
   *
   * @param base what all jobs need together, once
   * @param free what the machine has free now
   */
  JobMemory(long base, LongSupplier free) {
    this.base = base;
    this.free = free;
  }

  /**
   * Whether a job fits beside those that run; one that would have to run alone fits when none does.
   *
   * @param bytes what it needs besides the base
   * @param alone refuses a job that does not fit even alone, given the bytes it would have
   */
  boolean fits(long bytes, LongConsumer alone) {
    long freeNow = free.getAsLong();
    if (taken == 0) {
      freeWhenIdle = freeNow;
    }
    alone.accept(freeWhenIdle);
    return taken == 0 || (bytes <= freeNow && base + taken + bytes <= freeWhenIdle);
  }

  /** A job of so many bytes begins. */
  void take(long bytes) {
    taken += bytes;
  }

  /** It has ended. */
  void giveBack(long bytes) {
    taken -= bytes;
  }
}
