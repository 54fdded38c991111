package io.stylegraph.film;

import org.jspecify.annotations.Nullable;

/**
 * Finds where a new shot begins, by the rule and the threshold of FFmpeg's filter scdet: the mean
 * absolute difference of two frames in percent of white, and how much that differs from the one
 * before, are both at least {@value #THRESHOLD}. Movement and noise change steadily, a cut once.
 */
final class ShotCuts {
  private static final double THRESHOLD = 10;

  /** Of a shot, in frames; a flash is none. */
  private static final int SHORTEST = 5;

  private static final double PERCENT = 100.0 / 255;

  private byte @Nullable [] before;
  private double differenceBefore;
  private int length;

  /** Whether a frame begins a shot; to be asked of every frame in order, small and grey. */
  boolean begins(byte[] frame) {
    double difference = before == null ? 0 : difference(before, frame);
    double change = Math.abs(difference - differenceBefore);
    boolean cut = Math.min(difference, change) >= THRESHOLD && length >= SHORTEST;
    boolean first = before == null;
    before = frame;
    differenceBefore = difference;
    length = cut ? 1 : length + 1;
    return first || cut;
  }

  private static double difference(byte[] one, byte[] other) {
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
    }
    return PERCENT * sum / one.length;
  }
}
