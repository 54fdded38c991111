package io.stylegraph.error;

import java.util.Locale;

/** A run would need more memory than the machine has free; nothing was started. */
public final class NotEnoughMemoryException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final long neededBytes;
  private final long availableBytes;
  private final int largestSize;

  /**
   * Makes the error.
   *
   * @param what the pictures and their sizes
   * @param neededBytes the estimate for them
   * @param availableBytes what the machine has free
   * @param largestSize the longer side, in pixels, of the largest such pictures that fit; 0 if none
   *     do
   */
  public NotEnoughMemoryException(
      String what, long neededBytes, long availableBytes, int largestSize) {
    super(
        "a %s needs about %s of memory and %s are free; %s"
            .formatted(
                what,
                gigabytes(neededBytes),
                gigabytes(availableBytes),
                largestSize > 0
                    ? "the largest size that fits is --size " + largestSize
                    : "no size fits: free some memory"));
    this.neededBytes = neededBytes;
    this.availableBytes = availableBytes;
    this.largestSize = largestSize;
  }

  /** The estimate for what was asked for, in bytes. */
  public long neededBytes() {
    return neededBytes;
  }

  /** What the machine has free, in bytes. */
  public long availableBytes() {
    return availableBytes;
  }

  /** The longer side, in pixels, of the largest such pictures that fit; 0 if none do does. */
  public int largestSize() {
    return largestSize;
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
