package io.stylegraph.loss;

import io.stylegraph.recipe.LossForm;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Statistics of all features.
 *
 * @param features [1, h, w, c], of known c
 */
record WholeStyle(Operand<TFloat32> features) implements StyleSeen {
  @Override
  public List<Operand<TFloat32>> statistic(
      Ops tf, LossForm form, int region, Optional<Operand<TFloat32>> guide) {
    return StyleStatistics.of(tf, form, features, guide);
  }

  @Override
  public Operand<TFloat32> positions(Ops tf) {
    return Counts.positions(tf, features);
  }

  @Override
  public Operand<TFloat32> entries(Ops tf) {
    return Counts.entries(tf, features);
  }
}
