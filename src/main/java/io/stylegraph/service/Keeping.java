package io.stylegraph.service;

import io.stylegraph.recipe.Settings;
import java.time.Duration;

/**
 * How long and how much of finished jobs is kept in memory; the oldest goes first.
 *
 * @param time after a job's end
 * @param jobs how many finished ones
 * @param megabytes of their encoded pictures together
 */
public record Keeping(Duration time, int jobs, int megabytes) {
  /** An hour, 200 jobs, 256 MB. */
  public static final Keeping DEFAULT = new Keeping(Duration.ofHours(1), 200, 256);

  private static final int MAX_JOBS = 100_000;
  private static final int MAX_MEGABYTES = 1 << 20;

  public Keeping {
    ServiceSettings.positive("keep", time);
    Settings.inRange("keepJobs", jobs, 1, MAX_JOBS);
    Settings.inRange("keepMegabytes", megabytes, 1, MAX_MEGABYTES);
  }

  long bytes() {
    return megabytes * 1_000_000L;
  }
}
