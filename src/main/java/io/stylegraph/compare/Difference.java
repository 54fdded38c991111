package io.stylegraph.compare;

import io.stylegraph.error.InvalidSettingException;

/**
 * How an array parts from the one expected.
 *
 * @param max the largest absolute difference of two entries
 * @param rms the root of the mean squared difference
 * @param relative the norm of the difference by the norm of what is expected
 * @param cosine of the angle between the two
 */
public record Difference(double max, double rms, double relative, double cosine) {
  /**
   * Compares two arrays; sums are in double.
   *
   * @throws InvalidSettingException if they are not of one length
   */
  static Difference of(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new InvalidSettingException(
          "reference",
          "reference: an array holds %d values and should hold %d; make the run again"
              .formatted(expected.length, actual.length));
    }
    double max = 0;
    double squares = 0;
    double product = 0;
    double expectedSquares = 0;
    double actualSquares = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = (double) actual[i] - expected[i];
      max = Math.max(max, Math.abs(difference));
      squares += difference * difference;
      product += (double) expected[i] * actual[i];
      expectedSquares += (double) expected[i] * expected[i];
      actualSquares += (double) actual[i] * actual[i];
    }
    return new Difference(
        max,
        Math.sqrt(squares / expected.length),
        Math.sqrt(squares / expectedSquares),
        product / Math.sqrt(expectedSquares * actualSquares));
  }
}
