package io.stylegraph.optim;

/**
 * A projected search (Bertsekas 1982, with an L-BFGS matrix): values at a bound whose descent
 * points outward are held, the others step, and the point is projected back on the range. The
 * curvature pairs hold the steps as they came out, so bounds and rounding are in them.
 *
 * @param lower the least value
 * @param upper the greatest value
 */
record ProjectedRegion(float lower, float upper) implements Region {
  /** The test of L-BFGS-B (Byrd, Lu, Nocedal and Zhu 1995): {@code y's > eps y'y}. */
  private static final double LEAST_RELATIVE_CURVATURE = Math.ulp(1.0);

  /** The first step moves the steepest value by one grey level of 8 bits. */
  private static final double FIRST_PART_OF_RANGE = 1.0 / 255;

  @Override
  public void enter(float[] point) {
    for (int i = 0; i < point.length; i++) {
      point[i] = within(point[i]);
    }
  }

  @Override
  public void hold(float[] point, float[] gradient, HeldValues held) {
    held.clear();
    for (int i = 0; i < point.length; i++) {
      if ((point[i] <= lower && gradient[i] > 0) || (point[i] >= upper && gradient[i] < 0)) {
        held.add(i);
      }
    }
  }

  @Override
  public boolean accepts(CurvaturePair pair) {
    return pair.curvature() > LEAST_RELATIVE_CURVATURE * pair.changeSquared();
  }

  /**
   * Not torch's, whose step is spread so thin over a large picture of 0-255 values that float
   * rounding swallows it.
   */
  @Override
  public double firstLength(float[] direction) {
    return FIRST_PART_OF_RANGE * (upper - lower) / Vectors.maxAbs(direction);
  }

  @Override
  public boolean waitsForCurvature() {
    return true;
  }

  @Override
  public void move(float[] point, float[] step, double length) {
    float t = (float) length;
    for (int i = 0; i < point.length; i++) {
      float moved = within(point[i] + t * step[i]);
      step[i] = moved - point[i];
      point[i] = moved;
    }
  }

  private float within(float value) {
    return Math.min(upper, Math.max(lower, value));
  }
}
