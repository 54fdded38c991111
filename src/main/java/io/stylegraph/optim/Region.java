package io.stylegraph.optim;

/** Where the search may go, and what it does at the ends. */
interface Region {
  /** Brings a start into the region. */
  void enter(float[] point);

  /** Finds the values that the gradient presses against their bounds. */
  void hold(float[] point, float[] gradient, HeldValues held);

  /** Whether a pair's curvature may be trusted. */
  boolean accepts(CurvaturePair pair);

  /**
   * How far along the negative gradient a search goes that knows no curvature.
   *
   * @param direction the negative gradient without its held values
   */
  double firstLength(float[] direction);

  /** Whether {@link #firstLength} is kept until a pair has been accepted. */
  boolean waitsForCurvature();

  /**
   * Moves a point.
   *
   * @param step the direction; becomes the step for the curvature pair
   * @param length in directions
   */
  void move(float[] point, float[] step, double length);
}
