package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The squared Wasserstein-2 distance of two normal distributions that have the moments of the
 * features: {@code |μ - ν|² + tr C + tr D - 2 tr (D^½ C D^½)^½}, its second part being that of
 * Bures. It is in the square of the features' units and grows with the number of channels, as they
 * are summed.
 *
 * <p>To every variance comes a little, so that channels without any, and fewer positions than
 * channels, have a gradient: {@code C = second - μμᵀ + ε I} with {@code ε = } {@value #SHARE}{@code
 * (p + q) / 2c + } {@value #FLOOR}, p and q being the traces of both pictures' second moments, and
 * D likewise with {@code ε = } {@value #SHARE}{@code q / c + } {@value #FLOOR}. Of equal moments
 * the loss is zero.
 *
 * <p>With the Cholesky factors {@code C = LLᵀ} and {@code D = KKᵀ}, and U the orthogonal factor of
 * {@code LᵀK}, the distance is {@code |L - KUᵀ|²}: a sum of squares, which rounding leaves exact
 * near zero too. {@code (D^½ C D^½)^½} is not computed as a square root, since that doubles the
 * exponents of the variances, and float32 has too few digits for it. The gradient at C is {@code I
 * - L⁻ᵀ(KUᵀ)ᵀ}, and does not go through the iteration.
 */
public final class WassersteinLoss {
  /** Of the features' mean power, what is added to every variance. */
  static final double SHARE = 1e-3;

  /** For features that are zero throughout, in both pictures. */
  static final double FLOOR = 1e-12;

  private WassersteinLoss() {}

  /**
   * What the loss needs to know of the target's second moments.
   *
   * @param mean of the target, [c]
   * @param second of the target, [c, c]
   * @return K, [c, c]
   */
  public static Operand<TFloat32> root(Ops tf, Operand<TFloat32> mean, Operand<TFloat32> second) {
    return cholesky(tf, covariance(tf, new Moments(mean, second), trace(tf, second)));
  }

  /**
   * Adds the loss to a graph.
   *
   * @param moments of the picture
   * @param targetMean [c]
   * @param targetRoot [c, c], see {@link #root}
   * @return a scalar; not a number if a moment is not finite
   */
  public static Operand<TFloat32> of(
      Ops tf, Moments moments, Operand<TFloat32> targetMean, Operand<TFloat32> targetRoot) {
    Operand<TFloat32> targetPower =
        tf.math.div(energy(tf, targetMean, targetRoot), tf.constant((float) (1 + SHARE)));
    Operand<TFloat32> covariance = covariance(tf, moments, targetPower);
    Operand<TFloat32> root = cholesky(tf, tf.stopGradient(covariance));
    Operand<TFloat32> turn =
        PolarFactor.of(tf, tf.linalg.matMul(root, targetRoot, MatMul.transposeA(true)));
    Operand<TFloat32> nearest = tf.linalg.matMul(targetRoot, turn, MatMul.transposeB(true));
    Operand<TFloat32> distance = Sums.squares(tf, tf.math.sub(root, nearest));
    Operand<TFloat32> means = tf.math.squaredDifference(moments.mean(), targetMean);
    return tf.math.add(
        Sums.of(tf, means), withGradient(tf, distance, covariance, gradient(tf, root, nearest)));
  }

  /**
   * What the loss would be for features that are zero throughout, for variances far above ε: {@code
   * |ν|² + tr D}. A loss divided by it does not depend on the features' units.
   *
   * @param targetMean [c]
   * @param targetRoot [c, c], see {@link #root}
   * @return a scalar
   */
  public static Operand<TFloat32> energy(
      Ops tf, Operand<TFloat32> targetMean, Operand<TFloat32> targetRoot) {
    return tf.math.add(Sums.squares(tf, targetMean), Sums.squares(tf, targetRoot));
  }

  /** Of moments whose second has the gradient of the covariance alone. */
  private static Operand<TFloat32> covariance(
      Ops tf, Moments moments, Operand<TFloat32> targetPower) {
    Operand<TFloat32> column = tf.reshape(moments.mean(), tf.constant(new int[] {-1, 1}));
    Operand<TFloat32> row = tf.reshape(moments.mean(), tf.constant(new int[] {1, -1}));
    Operand<TFloat32> centred =
        tf.math.sub(moments.second(), tf.stopGradient(tf.math.mul(column, row)));
    Operand<TFloat32> power = tf.math.add(trace(tf, centred), Sums.squares(tf, moments.mean()));
    double half = SHARE / (2.0 * channels(moments.second()));
    Operand<TFloat32> added =
        tf.math.add(
            tf.math.mul(tf.math.add(power, targetPower), tf.constant((float) half)),
            tf.constant((float) FLOOR));
    return tf.math.add(centred, tf.math.mul(identity(tf, centred), added));
  }

  /** Of what is not finite TensorFlow's op would end the run; the loss tells of it instead. */
  private static Operand<TFloat32> cholesky(Ops tf, Operand<TFloat32> covariance) {
    Operand<TBool> finite = tf.math.isFinite(Sums.of(tf, covariance));
    return tf.linalg.cholesky(tf.select(finite, covariance, identity(tf, covariance)));
  }

  /** {@code I - G}, with {@code LᵀG = (KUᵀ)ᵀ}. */
  private static Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> root, Operand<TFloat32> nearest) {
    Operand<TFloat32> turned = transposed(tf, nearest);
    Operand<TFloat32> solved =
        tf.linalg.triangularSolve(
            root, turned, TriangularSolve.lower(true), TriangularSolve.adjoint(true));
    Operand<TFloat32> symmetric =
        tf.math.mul(tf.math.add(solved, transposed(tf, solved)), tf.constant(0.5f));
    return tf.math.sub(identity(tf, root), symmetric);
  }

  /** The value, with that gradient at the covariance. */
  private static Operand<TFloat32> withGradient(
      Ops tf, Operand<TFloat32> value, Operand<TFloat32> covariance, Operand<TFloat32> gradient) {
    Operand<TFloat32> linear = Sums.products(tf, tf.stopGradient(gradient), covariance);
    return tf.math.add(tf.stopGradient(value), tf.math.sub(linear, tf.stopGradient(linear)));
  }

  private static Operand<TFloat32> trace(Ops tf, Operand<TFloat32> matrix) {
    return Sums.products(tf, matrix, identity(tf, matrix));
  }

  private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> matrix) {
    return tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0}));
  }

  private static Operand<TFloat32> identity(Ops tf, Operand<TFloat32> like) {
    Operand<TInt32> side = tf.constant((int) channels(like));
    return tf.linalg.matrixDiag(
        tf.fill(tf.constant(new long[] {channels(like)}), tf.constant(1f)),
        tf.constant(0),
        side,
        side,
        tf.constant(0f));
  }

  private static long channels(Operand<TFloat32> matrix) {
    Shape shape = matrix.shape();
    return shape.get(shape.numDimensions() - 1);
  }
}
