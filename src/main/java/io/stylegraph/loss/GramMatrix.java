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
    Operand<TFloat32> matrix =
        tf.reshape(features, tf.constant(new long[] {-1, features.shape().get(3)}));
    return tf.math.mul(product(tf, matrix), factor(tf, features, normaliser));
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
