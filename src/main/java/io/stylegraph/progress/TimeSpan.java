package io.stylegraph.progress;

import java.util.Locale;

/** Time spans as a person says them. */
public final class TimeSpan {
  private TimeSpan() {}

  /** As in {@code 4.2 s}, {@code 3 min 05 s} or {@code 2 h 10 min}. */
  public static String text(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
