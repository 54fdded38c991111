package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How far a film's frame x is from the frame before, moved to where things are now, w: {@code
 * mean(c (x - w)²)} over pixels and channels, with a weight c for each. That of Ruder, Dosovitskiy
 * and Brox, Artistic Style Transfer for Videos (arXiv:1604.08610), equation 7, in which c is 0
 * where nothing is known of the frame before, else 1. Here it also carries the term's weight and
 * the squared scale of the pixel space.
 */
public final class TemporalLoss {
  private TemporalLoss() {}

  /**
   * Adds the loss to a graph.
   *
   * @param picture [1, height, width, 3], of any height and width
   * @param target of the same shape
   * @param weights of the same shape
   * @return a scalar
   */
  public static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> picture, Operand<TFloat32> target, Operand<TFloat32> weights) {
    Operand<TFloat32> weighed = tf.math.mul(weights, tf.math.squaredDifference(picture, target));
    Operand<TFloat32> flat = tf.reshape(weighed, tf.constant(new long[] {-1}));
    return tf.math.mean(flat, tf.constant(0));
  }
}
