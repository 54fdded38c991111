package io.stylegraph.loss;

import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The objective of a recipe: {@code styleWeight · Σ w·StyleLoss + contentWeight · Σ w·ContentLoss +
 * tvWeight · TotalVariationLoss}. A term of weight zero is left out of the graph.
 */
public final class PerceptualLoss {
  private PerceptualLoss() {}

  /**
   * Adds the objective to a graph.
   *
   * @param picture RGB in 0-255, [1, height, width, 3]
   * @param features of the picture, by layer name
   * @param styleTargets Gram matrices, by layer name
   * @param contentTargets features, by layer name
   */
  public static LossTerms of(
      Ops tf,
      Recipe recipe,
      Operand<TFloat32> picture,
      Function<String, Operand<TFloat32>> features,
      Function<String, Operand<TFloat32>> styleTargets,
      Function<String, Operand<TFloat32>> contentTargets) {
    Operand<TFloat32> style =
        term(
            tf,
            recipe.styleWeight(),
            recipe.styleLayers(),
            layer ->
                StyleLoss.of(
                    tf, GramMatrix.of(tf, features.apply(layer)), styleTargets.apply(layer)));
    Operand<TFloat32> content =
        term(
            tf,
            recipe.contentWeight(),
            recipe.contentLayers(),
            layer -> ContentLoss.of(tf, features.apply(layer), contentTargets.apply(layer)));
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

  private static Operand<TFloat32> scale(Ops tf, Operand<TFloat32> loss, double weight) {
    return tf.math.mul(loss, tf.constant((float) weight));
  }
}
