package io.stylegraph.loss;

import io.stylegraph.recipe.ContentError;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.StyleDivisor;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The objective of a recipe: {@code styleWeight · Σ w·StyleLoss + contentWeight · Σ w·ContentLoss +
 * tvWeight · TotalVariationLoss}, each layer's loss divided or multiplied as the recipe's {@link
 * LossForm} says. A term of weight zero is left out of the graph.
 */
public final class PerceptualLoss {
  private PerceptualLoss() {}

  /**
   * Adds the objective to a graph.
   *
   * @param picture in the recipe's pixel space, [1, height, width, 3]
   * @param features of the picture, by layer name
   * @param styleTargets Gram matrices, by layer name
   * @param contentTargets features, by layer name
   * @param featureScale what the features are multiplied by to be in the recipe's units
   */
  public static LossTerms of(
      Ops tf,
      Recipe recipe,
      Operand<TFloat32> picture,
      Function<String, Operand<TFloat32>> features,
      Function<String, Operand<TFloat32>> styleTargets,
      Function<String, Operand<TFloat32>> contentTargets,
      double featureScale) {
    LossForm form = recipe.form();
    Operand<TFloat32> style =
        term(
            tf,
            recipe.styleWeight(),
            recipe.styleLayers(),
            layer -> {
              Operand<TFloat32> here = features.apply(layer);
              return scale(
                  tf,
                  StyleLoss.of(tf, GramMatrix.of(tf, here, form.gram()), styleTargets.apply(layer)),
                  Math.pow(featureScale, 4) / styleDivisor(form.styleDivisor(), here.shape()));
            });
    Operand<TFloat32> content =
        term(
            tf,
            recipe.contentWeight(),
            recipe.contentLayers(),
            layer -> {
              Operand<TFloat32> here = features.apply(layer);
              return scale(
                  tf,
                  ContentLoss.of(tf, here, contentTargets.apply(layer)),
                  Math.pow(featureScale, 2) * contentFactor(form.contentError(), here.shape()));
            });
    Operand<TFloat32> tv =
        recipe.tvWeight() == 0
            ? tf.constant(0f)
            : scale(tf, TotalVariationLoss.of(tf, picture), recipe.tvWeight());
    return new LossTerms(tf.math.add(tf.math.add(style, content), tv), content, style, tv);
  }

  private static Operand<TFloat32> term(
      Ops tf,
      double weight,
      List<LayerWeight> layers,
      Function<String, Operand<TFloat32>> lossOfLayer) {
    if (weight == 0) {
      return tf.constant(0f);
    }
    List<Operand<TFloat32>> losses =
        layers.stream()
            .map(layer -> scale(tf, lossOfLayer.apply(layer.layer()), weight * layer.weight()))
            .toList();
    return tf.math.addN(losses);
  }

  private static double styleDivisor(StyleDivisor divisor, Shape features) {
    double positions = (double) features.get(1) * features.get(2);
    return switch (divisor) {
      case NONE -> 1;
      case ENTRIES -> positions * features.get(3);
      case PAPER -> 4 * positions * positions;
    };
  }

  private static double contentFactor(ContentError error, Shape features) {
    return switch (error) {
      case MEAN -> 1;
      case HALF_SUM -> features.size() / 2.0;
    };
  }

  private static Operand<TFloat32> scale(Ops tf, Operand<TFloat32> loss, double weight) {
    return tf.math.mul(loss, tf.constant((float) weight));
  }
}
