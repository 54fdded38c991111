package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Features;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.LayerWeight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * What a picture's features should become: one variable a layer, computed from a fixed picture once
 * and never leaving TensorFlow.
 */
final class Targets {
  private final Picture picture;
  private final String pictureOp;
  private final Map<String, Operand<TFloat32>> variables = new LinkedHashMap<>();
  private final List<String> assignments = new ArrayList<>();

  /**
   * Adds the targets to a graph.
   *
   * @param scope a name of its own in the graph
   * @param layers whose features matter; none if the term has no weight
   * @param statistic what of the features is compared
   */
  Targets(
      Graph graph,
      Ops tf,
      Backbone backbone,
      String scope,
      Picture picture,
      List<LayerWeight> layers,
      UnaryOperator<Operand<TFloat32>> statistic) {
    this.picture = picture;
    List<String> names = layers.stream().map(LayerWeight::layer).distinct().toList();
    Features features = backbone.importForPlaceholder(graph, scope, Tensors.shape(picture), names);
    pictureOp = features.picture().op().name();
    for (String name : names) {
      Operand<TFloat32> value = statistic.apply(features.layer(name));
      Variable<TFloat32> variable =
          tf.withName(scope + "_target_" + name).variable(value.shape(), TFloat32.class);
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
