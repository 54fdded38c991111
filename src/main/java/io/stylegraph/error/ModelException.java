package io.stylegraph.error;

import java.nio.file.Path;

/** A model folder is missing, damaged, or holds something the engine cannot use. */
public final class ModelException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final String model;

  /**
   * Makes the error.
   *
   * @param model the model's folder
   * @param problem what is wrong with it and what to do, without the folder
   */
  public ModelException(Path model, String problem) {
    super(model + ": " + problem);
    this.model = model.toString();
  }

  /** As above, with the cause that a log would want. */
  public ModelException(Path model, String problem, Throwable cause) {
    super(model + ": " + problem, cause);
    this.model = model.toString();
  }

  /** The model's folder. */
  public String model() {
    return model;
  }
}
