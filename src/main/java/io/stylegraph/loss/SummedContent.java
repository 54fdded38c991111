package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Scalars that were summed elsewhere. */
record SummedContent(
    Operand<TFloat32> summedError, Operand<TFloat32> power, Operand<TFloat32> count)
    implements ContentSeen {
  @Override
  public Operand<TFloat32> error(Ops tf) {
    return summedError;
  }

  @Override
  public Operand<TFloat32> targetPower(Ops tf) {
    return power;
  }

  @Override
  public Operand<TFloat32> entries(Ops tf) {
    return count;
  }
}
