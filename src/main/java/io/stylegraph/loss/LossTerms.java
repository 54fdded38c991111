package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The weighted terms of the objective in a graph, each a scalar.
 *
 * @param total the sum of the others
 * @param content zero where its weight is
 * @param style zero where its weight is
 * @param tv zero where its weight is
 */
public record LossTerms(
    Operand<TFloat32> total,
    Operand<TFloat32> content,
    Operand<TFloat32> style,
    Operand<TFloat32> tv) {}
