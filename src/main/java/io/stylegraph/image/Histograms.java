package io.stylegraph.image;

import java.util.Arrays;

/** Matches the histograms of interleaved channels by ranks, in floats. */
final class Histograms {
  private static final int CHANNELS = Picture.CHANNELS;

  private Histograms() {}

  /** The samples with each channel's values replaced by the palette's of the same ranks. */
  static float[] match(float[] rgb, float[] palette) {
    float[] out = new float[rgb.length];
    for (int channel = 0; channel < CHANNELS; channel++) {
      match(ranked(rgb, channel), sorted(palette, channel), channel, out);
    }
    return out;
  }

  /**
   * Writes one channel. A run of equal values, from {@code first} to below {@code end} of n, covers
   * the shares first/n to end/n of the palette's sorted values, each of which covers 1/m; it
   * becomes their mean.
   */
  private static void match(long[] ranked, float[] palette, int channel, float[] out) {
    double share = palette.length / (double) ranked.length;
    int first = 0;
    while (first < ranked.length) {
      int end = first + 1;
      while (end < ranked.length && ranked[end] >> Integer.SIZE == ranked[first] >> Integer.SIZE) {
        end++;
      }
      double mean = mean(palette, first * share, end * share);
      for (int i = first; i < end; i++) {
        out[(int) ranked[i] * CHANNELS + channel] = (float) Math.max(0, Math.min(255, mean));
      }
      first = end;
    }
  }

  /** A channel's pixels by value: bits that order as the floats do, above the pixel's number. */
  private static long[] ranked(float[] rgb, int channel) {
    long[] keys = new long[rgb.length / CHANNELS];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(rgb[i * CHANNELS + channel]);
      keys[i] = (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << Integer.SIZE | i;
    }
    Arrays.parallelSort(keys);
    return keys;
  }

  private static float[] sorted(float[] rgb, int channel) {
    float[] values = new float[rgb.length / CHANNELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[i * CHANNELS + channel];
    }
    Arrays.parallelSort(values);
    return values;
  }

  /** The mean of the values from place {@code start} to {@code end}, parts of values counted. */
  private static double mean(float[] values, double start, double end) {
    double sum = 0;
    int last = Math.min(values.length, (int) Math.ceil(end));
    for (int i = (int) start; i < last; i++) {
      sum += values[i] * (Math.min(end, i + 1) - Math.max(start, i));
    }
    return sum / (end - start);
  }
}
