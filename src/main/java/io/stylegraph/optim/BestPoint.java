package io.stylegraph.optim;

/** The point of the least loss so far. */
final class BestPoint {
  private final float[] point;
  private final float[] gradient;
  private double loss = Double.POSITIVE_INFINITY;

  BestPoint(int values) {
    point = new float[values];
    gradient = new float[values];
  }

  /** Keeps a point if its loss is less than all before; true if so. */
  boolean keep(float[] newPoint, double newLoss, float[] newGradient) {
    if (!(newLoss < loss)) {
      return false;
    }
    Vectors.copy(newPoint, point);
    Vectors.copy(newGradient, gradient);
    loss = newLoss;
    return true;
  }

  boolean exists() {
    return loss < Double.POSITIVE_INFINITY;
  }

  float[] point() {
    return point;
  }

  float[] gradient() {
    return gradient;
  }

  double loss() {
    return loss;
  }
}
