package io.stylegraph.service;

import io.stylegraph.StyleTransferRequest;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.Settings;
import java.time.Duration;

/**
 * What one job may ask for.
 *
 * @param uploadBytes of one request's body
 * @param pixels of an uploaded picture, read from its header before it is decoded
 * @param size the longer side that a job may be painted at, in pixels
 * @param steps of a job, those at smaller scales included
 * @param time after which a job ends with its best picture
 */
public record JobLimits(long uploadBytes, long pixels, int size, int steps, Duration time) {
  /** The smallest longer side, in pixels: less shows nothing. */
  public static final int MIN_SIZE = 16;

  /**
   * 25 MiB, 25 megapixels, 1024 pixels, 2000 steps (the most that a recipe of ours has), an hour.
   */
  public static final JobLimits DEFAULT =
      new JobLimits(25 << 20, 25_000_000, 1024, 2000, Duration.ofHours(1));

  private static final long MAX_UPLOAD_BYTES = 1 << 30;
  private static final long MAX_PIXELS = 100_000_000;
  private static final int MAX_STEPS = 100_000;

  public JobLimits {
    inRange("maxUpload", uploadBytes, MAX_UPLOAD_BYTES);
    inRange("maxPixels", pixels, MAX_PIXELS);
    Settings.inRange("maxSize", size, MIN_SIZE, StyleTransferRequest.MAX_SIZE);
    Settings.inRange("maxSteps", steps, 1, MAX_STEPS);
    ServiceSettings.positive("maxTime", time);
  }

  private static void inRange(String setting, long value, long max) {
    if (value < 1 || value > max) {
      throw new InvalidSettingException(
          setting, "%s (%d) must be from 1 to %d".formatted(setting, value, max));
    }
  }
}
