package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What the content term sees of a layer. */
public interface ContentSeen {
  /** Adds {@link ContentLoss} to a graph: the mean squared difference from the target. */
  Operand<TFloat32> error(Ops tf);

  /** Adds the mean square of the target. */
  Operand<TFloat32> targetPower(Ops tf);

  /** How many numbers the features are. */
  Operand<TFloat32> entries(Ops tf);

  /**
   * All features at once.
   *
   * @param features [1, h, w, c]
   * @param target [1, h, w, c], those of the content picture
   */
  static ContentSeen whole(Operand<TFloat32> features, Operand<TFloat32> target) {
    return new WholeContent(features, target);
  }

  /** Numbers that were summed elsewhere, scalars all. */
  static ContentSeen summed(
      Operand<TFloat32> error, Operand<TFloat32> targetPower, Operand<TFloat32> entries) {
    return new SummedContent(error, targetPower, entries);
  }
}
