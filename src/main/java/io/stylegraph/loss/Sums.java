package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Sums over all entries as ops. */
final class Sums {
  private Sums() {}

  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> a) {
    return tf.sum(tf.reshape(a, tf.constant(new int[] {-1})), tf.constant(0));
  }

  static Operand<TFloat32> squares(Ops tf, Operand<TFloat32> a) {
    return products(tf, a, a);
  }

  static Operand<TFloat32> products(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return of(tf, tf.math.mul(a, b));
  }
}
