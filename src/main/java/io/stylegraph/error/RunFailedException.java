package io.stylegraph.error;

/** TensorFlow refused or broke off a run that had passed every check before it. */
public final class RunFailedException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param message what happened and what to try
   * @param cause TensorFlow's own error
   */
  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
