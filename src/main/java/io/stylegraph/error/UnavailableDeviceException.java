package io.stylegraph.error;

/** The machine lacks what was asked for: a GPU, or a CPU with bfloat16. */
public final class UnavailableDeviceException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param message what is missing and what to do
   */
  public UnavailableDeviceException(String message) {
    super(message);
  }
}
