package io.stylegraph.progress;

/** Asks a run to stop at the next step boundary. Safe to use from any thread. */
public final class CancellationToken {
  private volatile boolean cancelled;

  /** Asks for the stop; asking again changes nothing. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether a stop was asked for. */
  public boolean isCancelled() {
    return cancelled;
  }
}
