package io.stylegraph.optim;

/**
 * torch.optim.LBFGS with the parameters clamped in the closure, as PyTorch's style-transfer
 * tutorial does: the point stays in the range, the curvature pairs hold the steps as they were
 * before clamping. Without bounds the range is infinite, and this is torch's plain method.
 *
 * @param lower the least value
 * @param upper the greatest value
 */
record ClampedRegion(float lower, float upper) implements Region {
  /** torch's test. */
  private static final double LEAST_CURVATURE = 1e-10;

  @Override
  public void enter(float[] point) {
    for (int i = 0; i < point.length; i++) {
      point[i] = Math.min(upper, Math.max(lower, point[i]));
    }
  }

  @Override
  public void hold(float[] point, float[] gradient, HeldValues held) {
    held.clear();
  }

  @Override
  public boolean accepts(CurvaturePair pair) {
    return pair.curvature() > LEAST_CURVATURE;
  }

  /** torch's: the step's absolute values sum to at most one. */
  @Override
  public double firstLength(float[] direction) {
    return Math.min(1, 1 / Vectors.absSum(direction));
  }

  @Override
  public boolean waitsForCurvature() {
    return false;
  }

  @Override
  public void move(float[] point, float[] step, double length) {
    Vectors.scale(step, length);
    Vectors.addScaled(point, 1, step);
    enter(point);
  }
}
