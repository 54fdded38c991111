package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Sizes of tensors as numbers of the graph, so that none need be known when it is built. */
final class Counts {
  private Counts() {}

  /** How many positions features of [1, h, w, c] have: h·w. */
  static Operand<TFloat32> positions(Ops tf, Operand<TFloat32> features) {
    return product(
        tf, tf.slice(shape(tf, features), tf.constant(new int[] {1}), tf.constant(new int[] {2})));
  }

  /** How many numbers a tensor holds. */
  static Operand<TFloat32> entries(Ops tf, Operand<TFloat32> tensor) {
    return product(tf, shape(tf, tensor));
  }

  /** The shape, which no gradient goes through. */
  static Operand<TInt32> shape(Ops tf, Operand<TFloat32> tensor) {
    return tf.shape(tf.stopGradient(tensor));
  }

  private static Operand<TFloat32> product(Ops tf, Operand<TInt32> sizes) {
    return tf.reduceProd(tf.dtypes.cast(sizes, TFloat32.class), tf.constant(0));
  }
}
