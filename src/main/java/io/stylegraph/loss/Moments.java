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
   * for losses whose own gradient with respect to {@link #second} is symmetric; it is that of the
   * covariance, without the mean's part.
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
   * The second moment is summed of rows less their mean: over many positions of a flat picture
   * float32's sums are off by more than such features vary. The mean is corrected by what is left.
   */
  private static Moments of(
      Ops tf, Operand<TFloat32> rows, Operand<TFloat32> weights, Operand<TFloat32> total) {
    Operand<TFloat32> rough = mean(tf, rows, weights, total);
    Operand<TFloat32> centred =
        tf.math.sub(rows, tf.stopGradient(tf.math.mul(weights, tf.stopGradient(rough))));
    Operand<TFloat32> mean =
        tf.math.add(rough, tf.stopGradient(mean(tf, tf.stopGradient(centred), weights, total)));
    Operand<TFloat32> middle = tf.stopGradient(mean);
    Operand<TFloat32> covariance = tf.math.div(GramMatrix.product(tf, centred), total);
    Operand<TFloat32> second =
        tf.math.add(
            covariance, tf.math.mul(tf.reshape(middle, tf.constant(new int[] {-1, 1})), middle));
    return new Moments(tf.reshape(mean, tf.constant(new int[] {-1})), second);
  }

  /** [1, c]. */
  private static Operand<TFloat32> mean(
      Ops tf, Operand<TFloat32> rows, Operand<TFloat32> weights, Operand<TFloat32> total) {
    return tf.math.div(tf.linalg.matMul(weights, rows, MatMul.transposeA(true)), total);
  }
}
