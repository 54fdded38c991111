package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The weighted terms of the objective in a graph, each a scalar.
 *
 * @param total the sum of the others
 * @param content zero where its weight is
 * @param style zero where its weight is
 * @param tv zero where its weight is
 * @param temporal zero but of a film's frame
 */
public record LossTerms(
    Operand<TFloat32> total,
    Operand<TFloat32> content,
    Operand<TFloat32> style,
    Operand<TFloat32> tv,
    Operand<TFloat32> temporal) {
  /** These terms, and that of a film's frame. */
  public LossTerms withTemporal(Ops tf, Operand<TFloat32> term) {
    return new LossTerms(tf.math.add(total, term), content, style, tv, term);
  }
}
