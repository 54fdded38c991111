package io.stylegraph.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** How far two programs may part: the one table. */
public final class Tolerances {
  /**
   * The steps whose terms must agree. L-BFGS's are fewer: each of its evaluations builds on the
   * curvature found by those before.
   */
  static final int FIRST_ADAM_STEPS = 15;

  static final int FIRST_LBFGS_EVALUATIONS = 10;

  private static final List<Row> TABLE =
      List.of(
          new Row("features, relative", Row.AT_MOST, 1e-4, Comparison::worstFeatures),
          new Row(
              "gradient at the start, relative",
              Row.AT_MOST,
              1e-3,
              it -> it.start().gradient().relative()),
          new Row(
              "gradient at the start, cosine",
              Row.AT_LEAST,
              0.99999,
              it -> it.start().gradient().cosine()),
          new Row(
              "gradient at the result, relative",
              Row.AT_MOST,
              1e-3,
              it -> it.result().gradient().relative()),
          new Row(
              "gradient at the result, cosine",
              Row.AT_LEAST,
              0.99999,
              it -> it.result().gradient().cosine()),
          new Row(
              "terms at the result, relative", Row.AT_MOST, 1e-3, it -> it.result().worstTerm()),
          new Row(
              "terms of the first steps, relative",
              Row.AT_MOST,
              1e-3,
              Comparison::worstOfFirstSteps),
          new Row("results, PSNR in dB", Row.AT_LEAST, 30, it -> it.similarity().psnr()));

  private Tolerances() {}

  /** Holds a comparison against the table. */
  static List<Check> check(Comparison comparison) {
    return TABLE.stream().map(row -> row.check(comparison)).toList();
  }

  /**
   * One line of the table.
   *
   * @param sign {@link #AT_MOST} or {@link #AT_LEAST}
   */
  private record Row(String name, String sign, double limit, ToDoubleFunction<Comparison> measure) {
    static final String AT_MOST = "<=";
    static final String AT_LEAST = ">=";

    Check check(Comparison comparison) {
      double measured = measure.applyAsDouble(comparison);
      // NaN passes neither.
      boolean passed = sign.equals(AT_MOST) ? measured <= limit : measured >= limit;
      return new Check(name, measured, sign, limit, passed);
    }
  }

  /**
   * What was measured and what is allowed.
   *
   * @param sign between the two, {@code <=} or {@code >=}
   */
  public record Check(String name, double measured, String sign, double limit, boolean passed) {}
}
