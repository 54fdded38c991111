package io.stylegraph.engine;

import io.stylegraph.loss.StyleSeen;
import io.stylegraph.loss.StyleStatistics;
import io.stylegraph.loss.StyleTarget;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.StyleStatistic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The styles' statistics: what computes them of a picture, what makes targets of their averages,
 * and the placeholders that take those, for each layer and region.
 */
final class StyleTargets {
  private final Map<String, List<StyleTarget>> targets = new LinkedHashMap<>();
  private final List<StyleOps> ops = new ArrayList<>();

  /**
   * Adds the targets to a graph.
   *
   * @param seen by the network that will see the style pictures, by layer name
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   */
  StyleTargets(Ops tf, Function<String, StyleSeen> seen, Recipe recipe, int guidedRegions) {
    for (String name : recipe.styleLayersUsed()) {
      add(tf.withSubScope("style_" + name), seen.apply(name), recipe, name, guidedRegions);
    }
  }

  private void add(Ops tf, StyleSeen seen, Recipe recipe, String name, int guidedRegions) {
    List<Operand<TFloat32>> guides = new ArrayList<>();
    for (int region = 0; region < guidedRegions; region++) {
      guides.add(fed(tf, "guide", Shape.of(Shape.UNKNOWN_SIZE)));
    }
    List<Operand<TFloat32>> statistic =
        seen.statistic(tf, recipe.form(), 0, guides.stream().findFirst());
    List<Operand<TFloat32>> blends =
        statistic.stream().map(it -> fed(tf, "blend", it.shape())).toList();
    boolean asIs = recipe.form().statistic() == StyleStatistic.GRAM;
    List<Operand<TFloat32>> made =
        asIs ? List.of() : StyleStatistics.target(tf, recipe.form(), blends);
    List<StyleTarget> own = new ArrayList<>();
    for (int region = 0; region < Math.max(1, guidedRegions); region++) {
      own.add(
          new StyleTarget(
              (asIs ? statistic : made).stream().map(it -> fed(tf, "target", it.shape())).toList(),
              guides.isEmpty() ? Optional.empty() : Optional.of(guides.get(region)),
              Optional.of(fed(tf, "share", Shape.scalar()))));
    }
    targets.put(name, List.copyOf(own));
    ops.add(
        new StyleOps(
            name,
            names(guides),
            names(statistic),
            asIs ? List.of() : names(blends),
            names(made),
            own.stream().map(it -> names(it.values())).toList(),
            own.stream().map(it -> it.share().orElseThrow().op().name()).toList()));
  }

  /** The targets of one layer, one a region. */
  List<StyleTarget> of(String layer) {
    return Objects.requireNonNull(targets.get(layer), layer);
  }

  /** By name, one a layer. */
  List<StyleOps> ops() {
    return ops;
  }

  private static Operand<TFloat32> fed(Ops tf, String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private static List<String> names(List<Operand<TFloat32>> operands) {
    return operands.stream().map(it -> it.op().name()).toList();
  }
}
