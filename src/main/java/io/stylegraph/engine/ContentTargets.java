package io.stylegraph.engine;

import io.stylegraph.backbone.Features;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The content picture's features: one variable a layer, kept from the run that sees the content
 * picture. A transfer that starts from it keeps them on its first step, which costs no look of its
 * own.
 */
final class ContentTargets {
  private final Map<String, Operand<TFloat32>> targets = new LinkedHashMap<>();
  private final List<String> zeros = new ArrayList<>();
  private final List<String> keeps = new ArrayList<>();
  private final String look;

  /**
   * Adds the targets to a graph.
   *
   * @param features of the picture that is optimised
   * @param names of the layers; none if the term has no weight
   */
  ContentTargets(Ops tf, Features features, Collection<String> names) {
    PlaceholderWithDefault<TBool> looking =
        tf.withName("look").placeholderWithDefault(tf.constant(false), Shape.scalar());
    look = looking.op().name();
    for (String name : names) {
      Operand<TFloat32> layer = features.layer(name);
      Variable<TFloat32> variable =
          tf.withName("content_target_" + name).variable(layer.shape(), TFloat32.class);
      Operand<TFloat32> zero = tf.fill(tf.constant(layer.shape().asArray()), tf.constant(0f));
      zeros.add(tf.assign(variable, zero).op().name());
      // Assigned in every run, looking or not, so that all steps are one and the same program.
      Assign<TFloat32> keep = tf.assign(variable, tf.select(looking, layer, variable));
      keeps.add(keep.op().name());
      targets.put(name, tf.stopGradient(keep));
    }
  }

  /** The target of one layer. */
  Operand<TFloat32> of(String layer) {
    return Objects.requireNonNull(targets.get(layer), layer);
  }

  /** Gives the variables a value, since a run reads them before it replaces them. */
  void initialize(Session session) {
    if (!zeros.isEmpty()) {
      Session.Runner runner = session.runner();
      zeros.forEach(runner::addTarget);
      runner.run().close();
    }
  }

  /** Keeps the features of the picture that the run sees. */
  void compute(Session.Runner runner) {
    if (!keeps.isEmpty()) {
      try (TBool yes = TBool.scalarOf(true)) {
        keeps.forEach(runner::addTarget);
        look(runner, yes).run().close();
      }
    }
  }

  /** Tells a run whether the features of the picture in place become the targets. */
  Session.Runner look(Session.Runner runner, TBool yes) {
    return runner.feed(look, yes);
  }
}
