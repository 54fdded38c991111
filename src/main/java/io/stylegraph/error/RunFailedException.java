package io.stylegraph.error;

/** A run that had passed every check was broken off, as by TensorFlow or a disk that is full. */
public final class RunFailedException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param message what happened and what to try
   * @param cause the error beneath
   */
  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Makes the error.
   *
   * @param message what happened and what to try
   */
  public RunFailedException(String message) {
    super(message);
  }
}
