package io.stylegraph.optim;

import java.util.Random;

/**
 * A convex quadratic whose minimum over a box is known: {@code ½x'Ax - b'x} with A = D + uu' and b
 * chosen so that the Karush-Kuhn-Tucker conditions hold at the answer, where the loss is zero.
 */
final class Quadratic implements PlainObjective {
  private final double[] stiffness;
  private final double[] shared;
  private final double[] answer;
  private final double[] pressure;

  /**
   * A third of the answer's values are at each bound.
   *
   * @param condition of D
   */
  static Quadratic bounded(int values, double condition, double lower, double upper) {
    Quadratic quadratic = new Quadratic(values, condition);
    for (int i = 0; i < values; i++) {
      if (i % 3 < 2) {
        quadratic.answer[i] = i % 3 == 0 ? lower : upper;
        quadratic.pressure[i] = (i % 3 == 0 ? 1 : -1) * (1 + i % 7);
      } else {
        quadratic.answer[i] = lower + (upper - lower) * (1 + i % 5) / 7;
      }
    }
    return quadratic;
  }

  /** The minimum is inside: at (0, 1, 2, 3, 4, 0, 1, ...). */
  static Quadratic free(int values, double condition) {
    Quadratic quadratic = new Quadratic(values, condition);
    for (int i = 0; i < values; i++) {
      quadratic.answer[i] = i % 5;
    }
    return quadratic;
  }

  private Quadratic(int values, double condition) {
    stiffness = new double[values];
    shared = new double[values];
    answer = new double[values];
    pressure = new double[values];
    Random random = new Random(5);
    for (int i = 0; i < values; i++) {
      stiffness[i] = Math.pow(condition, i / (values - 1.0));
      shared[i] = random.nextGaussian();
    }
  }

  /** With e = x - answer: {@code ½e'Ae + pressure'e}. */
  @Override
  public double evaluate(double[] x, double[] gradient) {
    double along = 0;
    for (int i = 0; i < x.length; i++) {
      along += shared[i] * (x[i] - answer[i]);
    }
    double loss = along * along / 2;
    for (int i = 0; i < x.length; i++) {
      double away = x[i] - answer[i];
      loss += stiffness[i] * away * away / 2 + pressure[i] * away;
      gradient[i] = stiffness[i] * away + along * shared[i] + pressure[i];
    }
    return loss;
  }

  float[] answer() {
    return PlainObjective.floats(answer);
  }
}
