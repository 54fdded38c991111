package io.stylegraph.error;

/** A setting has a value that it may not have. */
public final class InvalidSettingException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  /**
   * Makes the error.
   *
   * @param setting the setting's name, as in {@code learningRate}
   * @param message what is wrong and what is allowed, as in "learningRate (-1.0) must be positive"
   */
  public InvalidSettingException(String setting, String message) {
    super(message);
    this.setting = setting;
  }

  /** The setting's name, as in {@code learningRate}. */
  public String setting() {
    return setting;
  }
}
