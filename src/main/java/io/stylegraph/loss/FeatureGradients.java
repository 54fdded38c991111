package io.stylegraph.loss;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradients at a layer's features of losses that were computed elsewhere, of sums over more
 * features than these.
 */
public final class FeatureGradients {
  private FeatureGradients() {}

  /**
   * Adds the style loss's gradient to a graph: {@code t (2 (f - μ) D + d)}, with the gradients D at
   * {@code Σ t f fᵀ} and d at μ. Of a Gram matrix there are neither μ nor d.
   *
   * @param features f, [1, h, w, c], of known c
   * @param guide t, [h·w]
   * @param means μ, [c], or none; what else is in the list is not looked at
   * @param slopes D, [c, c], which is symmetric; or d, [c], and D
   * @return [1, h, w, c]
   */
  public static Operand<TFloat32> style(
      Ops tf,
      Operand<TFloat32> features,
      Operand<TFloat32> guide,
      List<Operand<TFloat32>> means,
      List<Operand<TFloat32>> slopes) {
    Operand<TFloat32> rows = GramMatrix.rows(tf, features);
    Operand<TFloat32> weights = column(tf, guide);
    Operand<TFloat32> doubled = tf.math.mul(slopes.get(slopes.size() - 1), tf.constant(2f));
    Operand<TFloat32> gradient;
    if (slopes.size() == 1) {
      gradient = tf.linalg.matMul(tf.math.mul(rows, weights), doubled);
    } else {
      Operand<TFloat32> centred = tf.math.sub(rows, means.get(0));
      gradient =
          tf.math.mul(tf.math.add(tf.linalg.matMul(centred, doubled), slopes.get(0)), weights);
    }
    return tf.reshape(gradient, Counts.shape(tf, features));
  }

  /**
   * Adds the content loss's gradient to a graph: {@code 2 s t (f - target) / c}.
   *
   * @param features f, [1, h, w, c], of known c
   * @param target likewise
   * @param guide t, [h·w]
   * @param slope s, the gradient at the mean squared difference, a scalar
   * @return [1, h, w, c]
   */
  public static Operand<TFloat32> content(
      Ops tf,
      Operand<TFloat32> features,
      Operand<TFloat32> target,
      Operand<TFloat32> guide,
      Operand<TFloat32> slope) {
    Operand<TFloat32> difference =
        tf.math.sub(GramMatrix.rows(tf, features), GramMatrix.rows(tf, target));
    Operand<TFloat32> factor = tf.math.mul(slope, tf.constant(2f / features.shape().get(3)));
    return tf.reshape(
        tf.math.mul(difference, tf.math.mul(column(tf, guide), factor)),
        Counts.shape(tf, features));
  }

  /** [h·w, 1]. */
  private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> guide) {
    return tf.reshape(guide, tf.constant(new int[] {-1, 1}));
  }
}
