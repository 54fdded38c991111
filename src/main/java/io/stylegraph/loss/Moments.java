package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The first two moments of a layer's features over its positions. Being raw they can be blended:
 * those of several pictures together are the weighted means of theirs.
 *
 * @param mean [c]
 * @param second {@code FᵀF / (h·w)}, [c, c], with F the features as an [h·w, c] matrix; not centred
 */
public record Moments(Operand<TFloat32> mean, Operand<TFloat32> second) {
  /**
   * Adds the moments over all positions to a graph. As for {@link GramMatrix}, the gradient holds
   * for losses whose own gradient with respect to {@link #second} is symmetric.
   *
   * @param features [1, h, w, c], of known c
   */
  public static Moments of(Ops tf, Operand<TFloat32> features) {
    Operand<TFloat32> rows = GramMatrix.rows(tf, features);
    Operand<TInt32> column =
        tf.math.minimum(Counts.shape(tf, rows), tf.constant(new int[] {Integer.MAX_VALUE, 1}));
    return of(tf, rows, tf.fill(column, tf.constant(1f)), Counts.positions(tf, features));
  }

  /**
   * As above, over the positions that a guide points at: {@code mean = Σ t F}, {@code second = Σ t
   * F Fᵀ}.
   *
   * @param guide t, [h·w], not negative, with a sum of 1
   */
  public static Moments of(Ops tf, Operand<TFloat32> features, Operand<TFloat32> guide) {
    Operand<TFloat32> roots = GramMatrix.roots(tf, guide);
    Operand<TFloat32> rows = GramMatrix.weighted(tf, features, guide);
    return of(tf, rows, roots, tf.constant(1f));
  }

  /**
   * Both from products of the same rows, which devices may round: the covariance of what is rounded
   * alike stays without negative variances.
   */
  private static Moments of(
      Ops tf, Operand<TFloat32> rows, Operand<TFloat32> weights, Operand<TFloat32> total) {
    Operand<TFloat32> mean =
        tf.reshape(
            tf.linalg.matMul(weights, rows, MatMul.transposeA(true)), tf.constant(new int[] {-1}));
    return new Moments(tf.math.div(mean, total), tf.math.div(GramMatrix.product(tf, rows), total));
  }
}
