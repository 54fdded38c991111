package io.stylegraph.error;

/** A job ended before its first step: while it waited for others, or since nothing may start. */
public final class JobNotStartedException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  /** Why a job was not started. */
  public enum Reason {
    /** Its cancellation token was cancelled while it waited. */
    CANCELLED("it was cancelled while it waited for other jobs"),
    /** Its thread was interrupted while it waited; the thread's interrupt flag is set. */
    INTERRUPTED("its thread was interrupted while it waited for other jobs"),
    /** Its deadline passed while it waited. */
    DEADLINE("its deadline passed while it waited for other jobs"),
    /** The stylizer was closed. */
    CLOSED("the stylizer is closed; load the model again");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final Reason reason;

  /** Makes the error. */
  public JobNotStartedException(Reason reason) {
    super("the job was not started: " + reason.words);
    this.reason = reason;
  }

  /** Why it was not started. */
  public Reason reason() {
    return reason;
  }
}
