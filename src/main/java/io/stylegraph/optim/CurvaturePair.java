package io.stylegraph.optim;

/** A step with the change of the gradient along it: one measurement of the curvature. */
final class CurvaturePair {
  private final float[] step;
  private final float[] change;
  private final double[] products;
  private double changeSquared;

  /**
   * @param values of each vector
   * @param history the most pairs that there can be
   */
  CurvaturePair(int values, int history) {
    step = new float[values];
    change = new float[values];
    products = new double[history];
  }

  /** Takes a new measurement; the vectors are copied. */
  void measure(float[] newStep, float[] gradient, float[] previousGradient, Blocks blocks) {
    Vectors.copy(newStep, step);
    Vectors.subtract(gradient, previousGradient, change);
    products[0] = blocks.dot(change, step);
    changeSquared = blocks.dot(change, change);
  }

  float[] step() {
    return step;
  }

  float[] change() {
    return change;
  }

  /** {@code y's}. */
  double curvature() {
    return products[0];
  }

  /** {@code y'y}. */
  double changeSquared() {
    return changeSquared;
  }

  /** The inner product of this change and the step of the pair so many places before it. */
  double withStep(int before) {
    return products[before];
  }

  /** Remembers {@link #withStep}. */
  void putWithStep(int before, double product) {
    products[before] = product;
  }
}
