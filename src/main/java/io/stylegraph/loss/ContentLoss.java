package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The distance of two pictures' features: the mean over all h·w·c entries of the squared
 * difference. Gatys et al. (2015) take half the sum instead.
 */
public final class ContentLoss {
  private ContentLoss() {}

  /**
   * Adds the loss to a graph.
   *
   * @param features [1, h, w, c]
   * @param target [1, h, w, c], those of the content picture
   * @return a scalar
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> features, Operand<TFloat32> target) {
    return MeanSquare.of(tf, features, target);
  }

  /**
   * Adds the part of the loss that some features make to a graph, as {@link ContentSeen#summed}
   * takes it when it is averaged with those of the others.
   *
   * @param features [1, h, w, c], of known c
   * @param target likewise
   * @param guide how much each counts, [h·w], of sum 1
   * @return a scalar
   */
  public static Operand<TFloat32> part(
      Ops tf, Operand<TFloat32> features, Operand<TFloat32> target, Operand<TFloat32> guide) {
    return MeanSquare.of(tf, features, target, guide);
  }

  /** Likewise the part of the features' mean square. */
  public static Operand<TFloat32> powerPart(
      Ops tf, Operand<TFloat32> features, Operand<TFloat32> guide) {
    return MeanSquare.of(tf, features, tf.constant(0f), guide);
  }
}
