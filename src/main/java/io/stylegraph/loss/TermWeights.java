package io.stylegraph.loss;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What the objective's terms are multiplied by, each a scalar of the graph.
 *
 * @param style factor on the sum over the style layers
 * @param content factor on the sum over the content layers
 * @param tv factor on the total variation
 */
public record TermWeights(
    Operand<TFloat32> style, Operand<TFloat32> content, Operand<TFloat32> tv) {}
