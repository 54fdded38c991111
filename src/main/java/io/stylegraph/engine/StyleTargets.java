package io.stylegraph.engine;

import io.stylegraph.backbone.Features;
import io.stylegraph.loss.GramMatrix;
import io.stylegraph.recipe.GramNormaliser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The style picture's Gram matrices: what computes them, and the placeholders that take them. */
final class StyleTargets {
  private final Map<String, Operand<TFloat32>> targets = new LinkedHashMap<>();
  private final List<String> grams = new ArrayList<>();

  /**
   * Adds the targets to a graph.
   *
   * @param features of the network that will see the style picture
   * @param names of the layers; none if the term has no weight
   */
  StyleTargets(Ops tf, Features features, Collection<String> names, GramNormaliser normaliser) {
    for (String name : names) {
      Operand<TFloat32> gram = GramMatrix.of(tf, features.layer(name), normaliser);
      grams.add(gram.op().name());
      targets.put(
          name,
          tf.withName("style_target_" + name)
              .placeholder(TFloat32.class, Placeholder.shape(gram.shape())));
    }
  }

  /** The target of one layer. */
  Operand<TFloat32> of(String layer) {
    return Objects.requireNonNull(targets.get(layer), layer);
  }

  /** The ops that compute the Gram matrices, in the layers' order. */
  List<String> grams() {
    return grams;
  }

  /** The placeholders that take them, in the same order. */
  List<String> feeds() {
    return targets.values().stream().map(target -> target.op().name()).toList();
  }
}
