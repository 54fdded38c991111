package io.stylegraph.loss;

import io.stylegraph.recipe.GramNormaliser;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The Gram matrix of a layer's features: {@code G = FᵀF / n}, with F the features as an [h·w, c]
 * matrix and n as the {@link GramNormaliser} says.
 */
public final class GramMatrix {
  private GramMatrix() {}

  /**
   * Adds the Gram matrix to a graph.
   *
   * <p>Its gradient holds for losses whose own gradient with respect to G is symmetric, as that of
   * every loss of symmetric matrices is. TensorFlow would compute {@code F·D + F·Dᵀ} for the
   * gradient D of such a loss: two matrix products for twice the same one. Here the right factor is
   * kept out of the gradient, and the remaining product counts twice.
   *
   * @param features [1, h, w, c], of known c
   * @param normaliser what the matrix is divided by
   * @return [c, c]
   */
  public static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> features, GramNormaliser normaliser) {
    return tf.math.mul(product(tf, rows(tf, features)), factor(tf, features, normaliser));
  }

  /**
   * As above, of features that count by weights t: {@code G = Σ t f fᵀ} over the positions where
   * the normaliser is {@link GramNormaliser#POSITIONS}; for the others as if the weighted features
   * filled the picture.
   *
   * @param guide t, [h·w], not negative, of sum 1
   */
  public static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> features, Operand<TFloat32> guide, GramNormaliser normaliser) {
    Operand<TFloat32> weighted = weighted(tf, features, guide);
    Operand<TFloat32> factor =
        tf.math.mul(factor(tf, features, normaliser), Counts.positions(tf, features));
    return tf.math.mul(product(tf, weighted), factor);
  }

  /** The features times the roots of their weights, so that their products have the weights. */
  static Operand<TFloat32> weighted(Ops tf, Operand<TFloat32> features, Operand<TFloat32> guide) {
    return tf.math.mul(rows(tf, features), roots(tf, guide));
  }

  /** [h·w, 1]. */
  static Operand<TFloat32> roots(Ops tf, Operand<TFloat32> guide) {
    return tf.stopGradient(tf.reshape(tf.math.sqrt(guide), tf.constant(new int[] {-1, 1})));
  }

  /** [h·w, c]. */
  static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> features) {
    return tf.reshape(features, tf.constant(new long[] {-1, features.shape().get(3)}));
  }

  /** {@code FᵀF} of F, [n, c], with the gradient told of above. */
  static Operand<TFloat32> product(Ops tf, Operand<TFloat32> matrix) {
    Operand<TFloat32> product =
        tf.linalg.matMul(matrix, tf.stopGradient(matrix), MatMul.transposeA(true));
    Operand<TFloat32> doubled = tf.math.mul(product, tf.constant(2f));
    return tf.math.sub(doubled, tf.stopGradient(product));
  }

  private static Operand<TFloat32> factor(
      Ops tf, Operand<TFloat32> features, GramNormaliser normaliser) {
    Operand<TFloat32> one = tf.constant(1f);
    return switch (normaliser) {
      case NONE -> one;
      case POSITIONS -> tf.math.div(one, Counts.positions(tf, features));
      case ENTRIES -> tf.math.div(one, Counts.entries(tf, features));
    };
  }
}
