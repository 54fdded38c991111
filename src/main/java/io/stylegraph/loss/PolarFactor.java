package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The orthogonal factor U of a square matrix {@code M = U H}, with {@code H = (MᵀM)^½} symmetric,
 * by the Newton-Schulz iteration {@code X ← X (3 I - XᵀX) / 2} from {@code M / |M|}: it draws every
 * singular value to one. Each step multiplies the small ones by 1.5 only, so X is first multiplied
 * by a factor above one (Chen and Chow, "A stable scaling of Newton-Schulz for improving the sign
 * function computation of a Hermitian matrix", 2014). The factor is their √3 at most {@value
 * #LARGEST_FACTOR}: at √3 the large singular values become the smallest, and what rounding put into
 * them counts as much.
 */
final class PolarFactor {
  /** Enough for a smallest singular value of {@link #SMALLEST} times the Frobenius norm. */
  static final int STEPS = 15;

  /** Those far below stay below one in the result, and count for nothing in their own matrix. */
  static final double SMALLEST = 3e-5;

  private static final double LARGEST_FACTOR = 1.6;

  private PolarFactor() {}

  /**
   * Adds the iteration to a graph, for values alone: its gradient is not meant to be used.
   *
   * @param matrix M, [c, c], not zero throughout
   * @return U, [c, c]
   */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> matrix) {
    Operand<TFloat32> x = tf.math.div(matrix, tf.math.sqrt(Sums.squares(tf, matrix)));
    double smallest = SMALLEST;
    for (int step = 0; step < STEPS; step++) {
      double factor = factor(smallest);
      smallest = Math.min(next(factor * smallest), factor > 1 ? next(factor) : 1);
      Operand<TFloat32> square = tf.linalg.matMul(x, x, MatMul.transposeA(true));
      Operand<TFloat32> cubed = tf.linalg.matMul(x, square);
      x =
          tf.math.sub(
              tf.math.mul(x, tf.constant((float) (1.5 * factor))),
              tf.math.mul(cubed, tf.constant((float) (0.5 * Math.pow(factor, 3)))));
    }
    return x;
  }

  /** The factor that makes {@code next} equal at both ends of the singular values. */
  private static double factor(double smallest) {
    return Math.min(LARGEST_FACTOR, Math.sqrt(3 / (1 + smallest + smallest * smallest)));
  }

  /** What a step makes of a singular value. */
  private static double next(double value) {
    return value * (3 - value * value) / 2;
  }
}
