package io.stylegraph.loss;

import io.stylegraph.recipe.LossForm;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What the style term sees of a layer. */
public interface StyleSeen {
  /**
   * Adds the statistic to a graph, see {@link StyleStatistics#of}.
   *
   * @param region its number
   * @param guide how much each feature counts in the region; absent for all alike
   */
  List<Operand<TFloat32>> statistic(
      Ops tf, LossForm form, int region, Optional<Operand<TFloat32>> guide);

  /** How many positions the features have: h·w. */
  Operand<TFloat32> positions(Ops tf);

  /** How many numbers they are: h·w·c. */
  Operand<TFloat32> entries(Ops tf);

  /**
   * All features at once.
   *
   * @param features [1, h, w, c], of known c
   */
  static StyleSeen whole(Operand<TFloat32> features) {
    return new WholeStyle(features);
  }

  /**
   * Of features that are seen in parts.
   *
   * @param means for each region the statistic in which the features' weights sum to 1, whatever
   *     the form's normaliser: {@code Σ t f fᵀ}, [c, c]; or the mean, [c], and that
   * @param positions a scalar
   */
  static StyleSeen summed(List<List<Operand<TFloat32>>> means, Operand<TFloat32> positions) {
    return new SummedStyle(means, positions);
  }
}
