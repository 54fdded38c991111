package io.stylegraph.loss;

import io.stylegraph.recipe.LossForm;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The statistics of a style layer that a recipe may compare, each as one or more tensors. Of
 * several styles, statistics are averaged entry by entry; {@link #target} makes of them what the
 * loss takes.
 */
public final class StyleStatistics {
  private StyleStatistics() {}

  /**
   * Adds a layer's statistic to a graph.
   *
   * @param features [1, h, w, c], of known c
   * @param guide how much each feature counts, [h·w], of sum 1; absent for all alike
   * @return the Gram matrix [c, c]; or the mean [c] and the second moment [c, c]
   */
  public static List<Operand<TFloat32>> of(
      Ops tf, LossForm form, Operand<TFloat32> features, Optional<Operand<TFloat32>> guide) {
    return switch (form.statistic()) {
      case GRAM ->
          List.of(
              guide
                  .map(weights -> GramMatrix.of(tf, features, weights, form.gram()))
                  .orElseGet(() -> GramMatrix.of(tf, features, form.gram())));
      case MOMENTS -> {
        Moments moments =
            guide
                .map(weights -> Moments.of(tf, features, weights))
                .orElseGet(() -> Moments.of(tf, features));
        yield List.of(moments.mean(), moments.second());
      }
    };
  }

  /**
   * Adds the part of a layer's statistic that some of its features make, as {@link
   * StyleSeen#summed} takes it when it is averaged with those of the others.
   *
   * @param features [1, h, w, c], of known c
   * @param guide how much each counts, [h·w], of sum 1
   * @return {@code Σ t f fᵀ}, [c, c]; or the mean, [c], and that
   */
  public static List<Operand<TFloat32>> means(
      Ops tf, LossForm form, Operand<TFloat32> features, Operand<TFloat32> guide) {
    return switch (form.statistic()) {
      case GRAM -> List.of(GramMatrix.product(tf, GramMatrix.weighted(tf, features, guide)));
      case MOMENTS -> {
        Moments moments = Moments.of(tf, features, guide);
        yield List.of(moments.mean(), moments.second());
      }
    };
  }

  /**
   * Adds what the loss is computed against, once a run, to a graph.
   *
   * @param statistic of the style, as {@link #of} gives it
   * @return the Gram matrix [c, c]; or the mean [c] and the root of the covariance [c, c]
   */
  public static List<Operand<TFloat32>> target(
      Ops tf, LossForm form, List<Operand<TFloat32>> statistic) {
    return switch (form.statistic()) {
      case GRAM -> statistic;
      case MOMENTS ->
          List.of(
              // A run may not fetch what it is fed.
              tf.identity(statistic.get(0)),
              WassersteinLoss.root(tf, statistic.get(0), statistic.get(1)));
    };
  }

  /**
   * Adds the distance of a layer's statistic from a target to a graph.
   *
   * @param statistic of the picture
   * @param target see {@link #target}
   * @return a scalar
   */
  static Operand<TFloat32> loss(
      Ops tf, LossForm form, List<Operand<TFloat32>> statistic, List<Operand<TFloat32>> target) {
    return switch (form.statistic()) {
      case GRAM -> StyleLoss.of(tf, statistic.get(0), target.get(0));
      case MOMENTS ->
          WassersteinLoss.of(
              tf, new Moments(statistic.get(0), statistic.get(1)), target.get(0), target.get(1));
    };
  }

  /** The loss that a statistic of zero would have. */
  static Operand<TFloat32> energy(Ops tf, LossForm form, List<Operand<TFloat32>> target) {
    return switch (form.statistic()) {
      case GRAM -> MeanSquare.of(tf, target.get(0));
      case MOMENTS -> WassersteinLoss.energy(tf, target.get(0), target.get(1));
    };
  }

  /** What the loss is multiplied by where the features are, to the power that it grows by. */
  static double units(LossForm form, double featureScale) {
    return switch (form.statistic()) {
      case GRAM -> Math.pow(featureScale, 4);
      case MOMENTS -> Math.pow(featureScale, 2);
    };
  }
}
