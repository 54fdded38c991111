package io.stylegraph;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.PictureReader;
import io.stylegraph.recipe.Settings;

/**
 * What a {@link Stylizer} takes on, to protect its host. The memory limits the jobs besides: those
 * that do not fit beside the ones that run wait for them.
 *
 * @param concurrentJobs how many jobs run at once, at least 1. A step uses all of the CPU's cores,
 *     so that more jobs finish no more pictures an hour; they take memory, and share the time
 * @param waitingJobs how many jobs wait for those, 0 or more; each waits on its caller's thread,
 *     with its pictures as they were given. The next one is refused
 * @param pixels how many pixels a picture may have once it has the job's size, content and style
 *     alike; at least 1
 */
public record StylizerLimits(int concurrentJobs, int waitingJobs, long pixels) {
  private static final int MOST_JOBS = 100_000;

  /**
   * Two jobs, since one leaves cores idle while it reads pictures, builds its graph and writes; 64
   * waiting, which is minutes of work at least; pictures as large as are read.
   */
  public static final StylizerLimits DEFAULT = new StylizerLimits(2, 64, PictureReader.MAX_PIXELS);

  public StylizerLimits {
    Settings.inRange("concurrentJobs", concurrentJobs, 1, MOST_JOBS);
    Settings.inRange("waitingJobs", waitingJobs, 0, MOST_JOBS);
    if (pixels < 1) {
      throw new InvalidSettingException("pixels", "pixels (%d) must be positive".formatted(pixels));
    }
  }

  /** The same with another number of jobs at once. */
  public StylizerLimits withConcurrentJobs(int concurrentJobs) {
    return new StylizerLimits(concurrentJobs, waitingJobs, pixels);
  }

  /** The same with another number of waiting jobs. */
  public StylizerLimits withWaitingJobs(int waitingJobs) {
    return new StylizerLimits(concurrentJobs, waitingJobs, pixels);
  }

  /** The same with another limit on a picture's pixels. */
  public StylizerLimits withPixels(long pixels) {
    return new StylizerLimits(concurrentJobs, waitingJobs, pixels);
  }
}
