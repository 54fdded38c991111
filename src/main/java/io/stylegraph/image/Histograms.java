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
      float[] from = sorted(rgb, channel);
      float[] to = matched(from, sorted(palette, channel));
      for (int i = channel; i < rgb.length; i += CHANNELS) {
        float value = to[Arrays.binarySearch(from, rgb[i])];
        out[i] = Math.max(0, Math.min(255, value));
      }
    }
    return out;
  }

  private static float[] sorted(float[] rgb, int channel) {
    float[] values = new float[rgb.length / CHANNELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[i * CHANNELS + channel];
    }
    Arrays.parallelSort(values);
    return values;
  }

  /**
   * What each of the sorted values becomes. A run of equal ones, from {@code first} to below {@code
   * end} of n, covers the shares first/n to end/n of the palette's sorted values, each of which
   * covers 1/m; it becomes their mean.
   */
  private static float[] matched(float[] from, float[] palette) {
    float[] to = new float[from.length];
    int first = 0;
    while (first < from.length) {
      int end = first + 1;
      while (end < from.length && Float.compare(from[end], from[first]) == 0) {
        end++;
      }
      double share = palette.length / (double) from.length;
      Arrays.fill(to, first, end, (float) mean(palette, first * share, end * share));
      first = end;
    }
    return to;
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
