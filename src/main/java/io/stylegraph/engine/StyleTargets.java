package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Features;
import io.stylegraph.image.Picture;
import io.stylegraph.loss.GramMatrix;
import io.stylegraph.recipe.LossForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The style picture's Gram matrices: one variable a layer, computed once and never leaving
 * TensorFlow.
 */
final class StyleTargets {
  /** Of the network that sees the style picture. */
  static final String SCOPE = "style";

  private final Picture picture;
  private final String pictureOp;
  private final Map<String, Operand<TFloat32>> variables = new LinkedHashMap<>();
  private final List<String> assignments = new ArrayList<>();

  /**
   * Adds the targets to a graph.
   *
   * @param names of the layers; none if the term has no weight
   * @param form of the losses
   */
  StyleTargets(
      Graph graph,
      Ops tf,
      Backbone backbone,
      Picture picture,
      Collection<String> names,
      LossForm form) {
    this.picture = picture;
    Features features =
        backbone.importForPlaceholder(
            graph, SCOPE, Tensors.shape(picture), names, form.activation());
    pictureOp = features.picture().op().name();
    for (String name : names) {
      Operand<TFloat32> value = GramMatrix.of(tf, features.layer(name), form.gram());
      Variable<TFloat32> variable =
          tf.withName("style_target_" + name).variable(value.shape(), TFloat32.class);
      variables.put(name, variable);
      assignments.add(tf.assign(variable, value).op().name());
    }
  }

  /** The target of one layer. */
  Operand<TFloat32> of(String layer) {
    return Objects.requireNonNull(variables.get(layer), layer);
  }

  /** Computes all targets. */
  void compute(Session session) {
    if (assignments.isEmpty()) {
      return;
    }
    Session.Runner runner = session.runner();
    assignments.forEach(runner::addTarget);
    try (TFloat32 tensor = Tensors.of(picture)) {
      runner.feed(pictureOp, tensor).run().close();
    }
  }
}
