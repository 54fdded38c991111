package io.stylegraph.loss;

import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The objective of a recipe: {@code styleWeight · Σ w·StyleLoss + contentWeight · Σ w·ContentLoss +
 * tvWeight · TotalVariationLoss}, each layer's loss divided or multiplied as the recipe's {@link
 * LossForm} says. A term of weight zero is left out of the graph. Relative losses do not depend on
 * the features' units; of a target that is zero throughout they are not finite.
 */
public final class PerceptualLoss {
  private PerceptualLoss() {}

  /**
   * Adds the objective to a graph.
   *
   * @param weights of the three terms; the recipe's say no more than which terms there are
   * @param picture in the recipe's pixel space, [1, height, width, 3]
   * @param styleSeen what is seen of the picture, by layer name
   * @param styleTargets one for each region, by layer name
   * @param contentSeen what is seen of picture and content, by layer name
   * @param featureScale what the features are multiplied by to be in the recipe's units
   */
  public static LossTerms of(
      Ops tf,
      Recipe recipe,
      TermWeights weights,
      Operand<TFloat32> picture,
      Function<String, StyleSeen> styleSeen,
      Function<String, List<StyleTarget>> styleTargets,
      Function<String, ContentSeen> contentSeen,
      double featureScale) {
    LossForm form = recipe.form();
    Operand<TFloat32> style =
        term(
            tf,
            weights.style(),
            recipe.styleWeight() == 0 ? List.of() : recipe.styleLayers(),
            layer ->
                style(tf, form, styleSeen.apply(layer), styleTargets.apply(layer), featureScale));
    Operand<TFloat32> content =
        term(
            tf,
            weights.content(),
            recipe.contentWeight() == 0 ? List.of() : recipe.contentLayers(),
            layer -> content(tf, form, contentSeen.apply(layer), featureScale));
    Operand<TFloat32> tv =
        recipe.tvWeight() == 0
            ? tf.constant(0f)
            : tf.math.mul(variation(tf, form, picture), weights.tv());
    return new LossTerms(
        tf.math.add(tf.math.add(style, content), tv), content, style, tv, tf.constant(0f));
  }

  private static Operand<TFloat32> term(
      Ops tf,
      Operand<TFloat32> weight,
      List<LayerWeight> layers,
      Function<String, Operand<TFloat32>> lossOfLayer) {
    if (layers.isEmpty()) {
      return tf.constant(0f);
    }
    List<Operand<TFloat32>> losses =
        layers.stream()
            .map(layer -> scale(tf, lossOfLayer.apply(layer.layer()), layer.weight()))
            .toList();
    return tf.math.mul(tf.math.addN(losses), weight);
  }

  private static Operand<TFloat32> variation(Ops tf, LossForm form, Operand<TFloat32> picture) {
    return switch (form.variation()) {
      case ABSOLUTE -> TotalVariationLoss.of(tf, picture);
      case SQUARED -> SquaredVariationLoss.of(tf, picture);
    };
  }

  private static Operand<TFloat32> style(
      Ops tf, LossForm form, StyleSeen seen, List<StyleTarget> targets, double featureScale) {
    List<Operand<TFloat32>> losses = new ArrayList<>();
    for (int region = 0; region < targets.size(); region++) {
      StyleTarget target = targets.get(region);
      Operand<TFloat32> loss =
          style(
              tf,
              form,
              seen,
              seen.statistic(tf, form, region, target.guide()),
              target.values(),
              featureScale);
      losses.add(target.share().map(it -> (Operand<TFloat32>) tf.math.mul(loss, it)).orElse(loss));
    }
    return losses.size() == 1 ? losses.get(0) : tf.math.addN(losses);
  }

  private static Operand<TFloat32> style(
      Ops tf,
      LossForm form,
      StyleSeen seen,
      List<Operand<TFloat32>> statistic,
      List<Operand<TFloat32>> target,
      double featureScale) {
    Operand<TFloat32> loss = StyleStatistics.loss(tf, form, statistic, target);
    double units = StyleStatistics.units(form, featureScale);
    return switch (form.styleDivisor()) {
      case NONE -> scale(tf, loss, units);
      case ENTRIES -> tf.math.div(scale(tf, loss, units), seen.entries(tf));
      case PAPER -> {
        Operand<TFloat32> positions = seen.positions(tf);
        yield tf.math.div(tf.math.div(scale(tf, loss, units / 4), positions), positions);
      }
      case RELATIVE -> tf.math.div(loss, StyleStatistics.energy(tf, form, target));
    };
  }

  private static Operand<TFloat32> content(
      Ops tf, LossForm form, ContentSeen seen, double featureScale) {
    Operand<TFloat32> loss = seen.error(tf);
    double units = Math.pow(featureScale, 2);
    return switch (form.contentError()) {
      case MEAN -> scale(tf, loss, units);
      case HALF_SUM -> tf.math.mul(scale(tf, loss, units / 2), seen.entries(tf));
      case RELATIVE -> tf.math.div(loss, seen.targetPower(tf));
    };
  }

  private static Operand<TFloat32> scale(Ops tf, Operand<TFloat32> loss, double weight) {
    return tf.math.mul(loss, tf.constant((float) weight));
  }
}
