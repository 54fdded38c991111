package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * All features and all of the target.
 *
 * @param features [1, h, w, c]
 * @param target [1, h, w, c]
 */
record WholeContent(Operand<TFloat32> features, Operand<TFloat32> target) implements ContentSeen {
  @Override
  public Operand<TFloat32> error(Ops tf) {
    return ContentLoss.of(tf, features, target);
  }

  @Override
  public Operand<TFloat32> targetPower(Ops tf) {
    return MeanSquare.of(tf, target);
  }

  @Override
  public Operand<TFloat32> entries(Ops tf) {
    return Counts.entries(tf, features);
  }
}
