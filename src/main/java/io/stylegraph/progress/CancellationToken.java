package io.stylegraph.progress;

import java.util.ArrayList;
import java.util.List;

/** Asks a run to stop at the next step boundary. Safe to use from any thread. */
public final class CancellationToken {
  private final List<Registration> registrations = new ArrayList<>();
  private volatile boolean cancelled;

  /**
   * Asks for the stop, and runs what waits for it, on this thread, before it returns. Asking again
   * changes nothing.
   */
  public void cancel() {
    List<Registration> waiting;
    synchronized (registrations) {
      cancelled = true;
      waiting = List.copyOf(registrations);
      registrations.clear();
    }
    waiting.forEach(registration -> registration.action.run());
  }

  /** Whether a stop was asked for. */
  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Runs {@code action} once when the stop is asked for, on the thread that asks; at once and on
   * this thread if it was.
   *
   * @param action short, and throws nothing
   * @return to be closed when the action is no longer wanted, so that the token does not hold it; a
   *     stop that is asked for at that very moment may still run it
   */
  public Registration onCancel(Runnable action) {
    Registration registration = new Registration(action);
    synchronized (registrations) {
      if (!cancelled) {
        registrations.add(registration);
        return registration;
      }
    }
    action.run();
    return registration;
  }

  /** An action that waits for the stop. */
  public final class Registration implements AutoCloseable {
    private final Runnable action;

    private Registration(Runnable action) {
      this.action = action;
    }

    /** Forgets the action; closing again changes nothing. */
    @Override
    public void close() {
      synchronized (registrations) {
        registrations.remove(this);
      }
    }
  }
}
