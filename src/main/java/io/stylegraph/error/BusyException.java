package io.stylegraph.error;

/** As many jobs wait as may; the job was not started. */
public final class BusyException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final int running;
  private final int waiting;

  /**
   * Makes the error.
   *
   * @param running how many jobs run
   * @param waiting how many wait for them
   */
  public BusyException(int running, int waiting) {
    super("%d jobs run and %d wait; try again later".formatted(running, waiting));
    this.running = running;
    this.waiting = waiting;
  }

  /** How many jobs ran. */
  public int running() {
    return running;
  }

  /** How many waited for them. */
  public int waiting() {
    return waiting;
  }
}
