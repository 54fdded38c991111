package io.stylegraph.loss;

import io.stylegraph.recipe.GramNormaliser;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.StyleStatistic;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Statistics that were summed elsewhere, see {@link StyleSeen#summed}.
 *
 * @param means by region
 * @param positions how many features there are, a scalar
 */
record SummedStyle(List<List<Operand<TFloat32>>> means, Operand<TFloat32> positions)
    implements StyleSeen {
  SummedStyle {
    means = List.copyOf(means);
  }

  /** What the guide says is in the sums already. */
  @Override
  public List<Operand<TFloat32>> statistic(
      Ops tf, LossForm form, int region, Optional<Operand<TFloat32>> guide) {
    List<Operand<TFloat32>> mean = means.get(region);
    if (form.statistic() != StyleStatistic.GRAM) {
      // A run may not fetch what it is fed.
      return mean.stream().map(it -> (Operand<TFloat32>) tf.identity(it)).toList();
    }
    return List.of(tf.math.mul(mean.get(0), factor(tf, form.gram())));
  }

  private Operand<TFloat32> factor(Ops tf, GramNormaliser normaliser) {
    return switch (normaliser) {
      case NONE -> positions;
      case POSITIONS -> tf.constant(1f);
      case ENTRIES -> tf.constant(1f / channels());
    };
  }

  @Override
  public Operand<TFloat32> positions(Ops tf) {
    return positions;
  }

  @Override
  public Operand<TFloat32> entries(Ops tf) {
    return tf.math.mul(positions, tf.constant((float) channels()));
  }

  private long channels() {
    return means.get(0).get(0).shape().get(0);
  }
}
