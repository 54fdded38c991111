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

  /** Its products and then {@link #changeSquared}, into a row of one more than the history. */
  void save(double[] rows, int row) {
    int length = products.length + 1;
    System.arraycopy(products, 0, rows, row * length, products.length);
    rows[row * length + products.length] = changeSquared;
  }

  /** Takes a measurement that {@link #save} has kept; the vectors are copied. */
  void restore(float[] itsStep, float[] itsChange, double[] rows, int row) {
    int length = products.length + 1;
    Vectors.copy(itsStep, step);
    Vectors.copy(itsChange, change);
    System.arraycopy(rows, row * length, products, 0, products.length);
    changeSquared = rows[row * length + products.length];
  }
}
