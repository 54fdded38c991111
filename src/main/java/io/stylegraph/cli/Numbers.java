package io.stylegraph.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Settings as a person writes them: 1000, 0.2, 1e-8. */
final class Numbers {
  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  private Numbers() {}

  /** Every digit. */
  static String exact(double value) {
    return Double.toString(value).replaceFirst("\\.0(?=E|$)", "").replace('E', 'e');
  }

  /** Four digits. */
  static String rounded(double value) {
    return exact(new BigDecimal(value).round(FOUR_DIGITS).doubleValue());
  }
}
