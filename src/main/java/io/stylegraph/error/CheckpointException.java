package io.stylegraph.error;

import java.nio.file.Path;

/** A checkpoint cannot be read, or is not of the run that should go on from it. */
public final class CheckpointException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final String file;

  /**
   * Makes the error.
   *
   * @param file the checkpoint
   * @param problem what is wrong with it and what to do, without the file
   */
  public CheckpointException(Path file, String problem) {
    super(file + ": " + problem);
    this.file = file.toString();
  }

  /** The checkpoint's file. */
  public String file() {
    return file;
  }
}
