package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The anisotropic total variation of a picture, as {@code tf.image.total_variation}: the sum of the
 * absolute differences of vertical and of horizontal neighbours over all channels.
 */
public final class TotalVariationLoss {
  private TotalVariationLoss() {}

  /**
   * Adds the loss to a graph.
   *
   * @param picture [1, height, width, 3], of any height and width
   * @return a scalar, in the picture's units
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> picture) {
    return tf.math.add(neighbours(tf, picture, 1), neighbours(tf, picture, 2));
  }

  private static Operand<TFloat32> neighbours(Ops tf, Operand<TFloat32> picture, int axis) {
    // int, not long: TensorFlow's gradient of Slice is built for int32 alone.
    int[] one = new int[4];
    one[axis] = 1;
    Operand<TInt32> size = tf.math.sub(Counts.shape(tf, picture), tf.constant(one));
    Operand<TFloat32> before = tf.slice(picture, tf.constant(new int[4]), size);
    Operand<TFloat32> after = tf.slice(picture, tf.constant(one), size);
    Operand<TFloat32> differences = tf.math.abs(tf.math.sub(after, before));
    return tf.sum(tf.reshape(differences, tf.constant(new long[] {-1})), tf.constant(0));
  }
}
