package io.stylegraph.error;

/** A picture cannot be read, used or written. */
public final class PictureException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final String source;

  /**
   * Makes the error.
   *
   * @param source the picture's file or description
   * @param problem what is wrong with it and what to do, without the source
   */
  public PictureException(String source, String problem) {
    super(source + ": " + problem);
    this.source = source;
  }

  /** As above, with the cause that a log would want. */
  public PictureException(String source, String problem, Throwable cause) {
    super(source + ": " + problem, cause);
    this.source = source;
  }

  /** The picture's file or description. */
  public String source() {
    return source;
  }
}
