package io.stylegraph.error;

/** A picture has more pixels than the stylizer's limit; no memory was taken for its job. */
public final class TooManyPixelsException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final long pixels;
  private final long limit;
  private final int largestSize;

  /**
   * Makes the error.
   *
   * @param source the picture's file or description
   * @param pixels how many it has at the size asked for
   * @param limit how many it may have
   * @param largestSize the longest side, in pixels, at which it has no more
   */
  public TooManyPixelsException(String source, long pixels, long limit, int largestSize) {
    super(
        "%s: has %d pixels at this size, and %d are allowed; the largest size that fits is --size %d"
            .formatted(source, pixels, limit, largestSize));
    this.source = source;
    this.pixels = pixels;
    this.limit = limit;
    this.largestSize = largestSize;
  }

  /** The picture's file or description. */
  public String source() {
    return source;
  }

  /** How many pixels it has at the size asked for. */
  public long pixels() {
    return pixels;
  }

  /** How many it may have. */
  public long limit() {
    return limit;
  }

  /** The longest side, in pixels, at which it has no more. */
  public int largestSize() {
    return largestSize;
  }
}
