package io.stylegraph.loss;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a style layer's features are to become like, in one region of the picture.
 *
 * @param values of the style: see {@link StyleStatistics#loss}
 * @param guide how much each feature of the picture counts, [h·w], of sum 1; absent for all alike
 * @param share factor on the loss, a scalar; absent for 1
 */
public record StyleTarget(
    List<Operand<TFloat32>> values,
    Optional<Operand<TFloat32>> guide,
    Optional<Operand<TFloat32>> share) {
  public StyleTarget {
    values = List.copyOf(values);
  }
}
