package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The distance of two Gram matrices: the mean over all c·c entries of the squared difference. */
public final class StyleLoss {
  private StyleLoss() {}

  /**
   * Adds the loss to a graph.
   *
   * @param gram [c, c], see {@link GramMatrix}
   * @param target [c, c], that of the style picture
   * @return a scalar
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> gram, Operand<TFloat32> target) {
    return MeanSquare.of(tf, gram, target);
  }
}
