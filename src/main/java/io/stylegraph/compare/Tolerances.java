package io.stylegraph.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far two programs may part: the one table.
 *
 * <p>A gradient has jumps: where the two largest values under a pooling window are equal but for
 * rounding, it goes to one or the other. So a gradient may be off by one such place, which is some
 * thousandths of its norm in a small picture.
 *
 * <p>A search may be chaotic: Adam's first steps follow the gradient's sign, which is rounding's
 * where the gradient is near zero, and L-BFGS without line search multiplies an error with each of
 * its leaps. How far the reference parts from itself when its gradients are disturbed by rounding's
 * size ({@link Comparison#rounding}) is then the measure: what is {@value #ROUNDING_FACTOR} times
 * as far, or {@value #ROUNDING_DECIBELS} dB less, is no more than chance.
 */
public final class Tolerances {
  /**
   * The steps whose terms must agree. L-BFGS's are fewer: each of its evaluations builds on the
   * curvature found by those before.
   */
  static final int FIRST_ADAM_STEPS = 15;

  static final int FIRST_LBFGS_EVALUATIONS = 10;
  private static final double ROUNDING_FACTOR = 3;
  private static final double ROUNDING_DECIBELS = 3;

  private static final List<Row> TABLE =
      List.of(
          Row.atMost(1e-4, "features, relative", Comparison::worstFeatures),
          Row.atMost(1e-4, "gradient, 1 - cosine", Comparison::worstCosine),
          Row.atMost(1e-2, "gradient, relative", Comparison::worstGradient),
          Row.atMost(
              1e-3, "terms of the reference's result, relative", it -> it.result().worstTerm()),
          // An engine that stopped early has not shown that it agrees.
          new Row(
              "steps that both did",
              ">=",
              it -> Math.min(it.firstSteps(), it.reference().steps()),
              it -> it.steps().size()),
          new Row(
              "terms of the first steps, relative",
              "<=",
              it -> Math.max(1e-3, ROUNDING_FACTOR * it.rounding().worstOf(it.firstSteps())),
              Comparison::worstOfFirstSteps),
          new Row(
              "results, PSNR in dB",
              ">=",
              it -> Math.min(30, it.rounding().psnr() - ROUNDING_DECIBELS),
              it -> it.similarity().psnr()));

  private Tolerances() {}

  /** Holds a comparison against the table. */
  static List<Check> check(Comparison comparison) {
    return TABLE.stream().map(row -> row.check(comparison)).toList();
  }

  /**
   * One line of the table.
   *
   * @param sign {@code <=} or {@code >=}
   */
  private record Row(
      String name,
      String sign,
      ToDoubleFunction<Comparison> limit,
      ToDoubleFunction<Comparison> measure) {
    static Row atMost(double limit, String name, ToDoubleFunction<Comparison> measure) {
      return new Row(name, "<=", comparison -> limit, measure);
    }

    Check check(Comparison comparison) {
      double measured = measure.applyAsDouble(comparison);
      double allowed = limit.applyAsDouble(comparison);
      // NaN passes neither.
      boolean passed = sign.equals("<=") ? measured <= allowed : measured >= allowed;
      return new Check(name, measured, sign, allowed, passed);
    }
  }

  /**
   * What was measured and what is allowed.
   *
   * @param sign between the two, {@code <=} or {@code >=}
   */
  public record Check(String name, double measured, String sign, double limit, boolean passed) {}
}
