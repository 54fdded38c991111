package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Means of squares as ops. */
final class MeanSquare {
  private MeanSquare() {}

  /** {@code mean(a²)} over all entries. */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> a) {
    return of(tf, a, tf.constant(0f));
  }

  /**
   * {@code Σ t (a - b)² / c}, of [1, h, w, c] and t, [h·w].
   *
   * @param b likewise, or a scalar that stands for all of them
   */
  static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> a, Operand<TFloat32> b, Operand<TFloat32> guide) {
    Operand<TFloat32> squares = GramMatrix.rows(tf, tf.math.squaredDifference(a, b));
    Operand<TFloat32> means = tf.math.mean(squares, tf.constant(1));
    return tf.sum(tf.math.mul(means, guide), tf.constant(0));
  }

  /** {@code mean((a - b)²)} over all entries; a scalar b stands for all of them. */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    // Not tf.math.square: its gradient ends the JVM in TensorFlow 2.16.
    Operand<TFloat32> squares = tf.math.squaredDifference(a, b);
    Operand<TFloat32> flat = tf.reshape(squares, tf.constant(new long[] {-1}));
    return tf.math.mean(flat, tf.constant(0));
  }
}
