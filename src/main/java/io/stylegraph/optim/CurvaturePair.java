package io.stylegraph.optim;

/** A step with the change of the gradient along it: one measurement of the curvature. */
final class CurvaturePair {
  /**
   * The part of a pair's curvature that must lie in the free values for it to be used; less would
   * be rounding, since the free part is the whole less the held part.
   */
  private static final double LEAST_FREE_PART = 1e-8;

  private final float[] step;
  private final float[] change;
  private double curvature;
  private double changeSquared;
  private double freeCurvature;
  private double alpha;

  CurvaturePair(int values) {
    step = new float[values];
    change = new float[values];
  }

  /** Takes a new measurement; the vectors are copied. */
  void measure(float[] newStep, float[] gradient, float[] previousGradient) {
    Vectors.copy(newStep, step);
    Vectors.subtract(gradient, previousGradient, change);
    curvature = Vectors.dot(change, step);
    changeSquared = Vectors.dot(change, change);
  }

  /** {@code y's}. */
  double curvature() {
    return curvature;
  }

  /** {@code y'y}. */
  double changeSquared() {
    return changeSquared;
  }

  /** Looks at the free values alone; false if the pair says nothing about them. */
  boolean restrict(HeldValues held) {
    freeCurvature = curvature - held.dot(change, step);
    return freeCurvature > LEAST_FREE_PART * curvature;
  }

  /** {@code y's / y'y} over the free values: the size of the inverse Hessian along the step. */
  double inverseCurvature(HeldValues held) {
    return freeCurvature / (changeSquared - held.dot(change, change));
  }

  /** The first loop's part: {@code q -= alpha y} with {@code alpha = s'q / y's}. */
  void descend(float[] q) {
    alpha = Vectors.dot(step, q) / freeCurvature;
    Vectors.addScaled(q, -alpha, change);
  }

  /** The second loop's part: {@code r += (alpha - beta) s} with {@code beta = y'r / y's}. */
  void ascend(float[] r) {
    double beta = Vectors.dot(change, r) / freeCurvature;
    Vectors.addScaled(r, alpha - beta, step);
  }
}
