package io.stylegraph.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The content picture's features: one placeholder a layer. A run that looks takes the features of
 * the picture that it sees instead and gives them out, so that a transfer that starts from the
 * content picture has them with its first step.
 */
final class ContentTargets {
  private final Map<String, Operand<TFloat32>> targets = new LinkedHashMap<>();
  private final List<String> feeds = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final String look;

  /**
   * Adds the targets to a graph.
   *
   * @param features of the picture that is optimised, by layer name
   * @param names of the layers; none if the term has no weight
   */
  ContentTargets(Ops tf, Function<String, Operand<TFloat32>> features, Collection<String> names) {
    PlaceholderWithDefault<TBool> looking =
        tf.withName("look").placeholderWithDefault(tf.constant(false), Shape.scalar());
    look = looking.op().name();
    for (String name : names) {
      Operand<TFloat32> layer = features.apply(name);
      Operand<TFloat32> fed =
          tf.withName("content_target_" + name)
              .placeholder(TFloat32.class, Placeholder.shape(layer.shape()));
      // In every run, looking or not, so that all steps are one and the same program.
      Operand<TFloat32> target = tf.stopGradient(tf.select(looking, layer, fed));
      feeds.add(fed.op().name());
      kept.add(target.op().name());
      targets.put(name, target);
    }
  }

  /** The target of one layer. */
  Operand<TFloat32> of(String layer) {
    return Objects.requireNonNull(targets.get(layer), layer);
  }

  /** The placeholders, in the layers' order. A run that looks may be fed anything of one number. */
  List<String> feeds() {
    return feeds;
  }

  /** The ops that give the targets out, in the same order. */
  List<String> kept() {
    return kept;
  }

  /** The placeholder that tells a run whether it looks; false unless fed. */
  String look() {
    return look;
  }
}
