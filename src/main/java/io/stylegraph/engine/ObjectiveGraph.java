package io.stylegraph.engine;

import com.google.common.collect.Maps;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Features;
import io.stylegraph.loss.ContentSeen;
import io.stylegraph.loss.LossTerms;
import io.stylegraph.loss.PerceptualLoss;
import io.stylegraph.loss.StyleSeen;
import io.stylegraph.loss.TemporalLoss;
import io.stylegraph.loss.TermWeights;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * The graph of a recipe's objective for pictures of any size: losses and gradient of a picture that
 * is fed, as are the targets and the terms' weights. It has no state but the network's weights, so
 * that any number of jobs may run it at once.
 *
 * <p>Ops are known by name, since what runs is a rewritten copy of the graph that is built here.
 */
final class ObjectiveGraph {
  /** Of the network that stays in float32 beside one in bfloat16. */
  static final String EXACT_SCOPE = "exact";

  private final Backbone backbone;
  private final Recipe recipe;
  private final GraphDef definition;
  private final ObjectiveOps ops;

  /**
   * Builds the graph.
   *
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   * @param temporal whether it is of a film's frames
   * @param exactToo whether a second network, of no gradient, computes the style picture's Gram
   *     matrices and the same losses; it is for a graph whose first will be brought into bfloat16
   */
  ObjectiveGraph(
      Backbone backbone, Recipe recipe, int guidedRegions, boolean temporal, boolean exactToo) {
    this.backbone = backbone;
    this.recipe = recipe;
    try (Graph graph = new Graph()) {
      // A scope of its own, since the backbone of the picture has none.
      Ops tf = Ops.create(graph).withSubScope("run");
      Features seen =
          backbone.importForPixels(
              graph,
              recipe.pixels(),
              recipe.network(),
              recipe.layersUsed(),
              recipe.form().activation());
      Optional<Features> exact = exactToo ? Optional.of(exactFeatures(graph)) : Optional.empty();
      TermWeights weights =
          new TermWeights(
              scalar(tf, "style_weight"), scalar(tf, "content_weight"), scalar(tf, "tv_weight"));
      StyleTargets style =
          new StyleTargets(
              tf, it -> StyleSeen.whole(exact.orElse(seen).layer(it)), recipe, guidedRegions);
      ContentTargets content = new ContentTargets(tf, seen::layer, recipe.contentLayersUsed());
      List<Placeholder<TFloat32>> before = temporal ? before(tf) : List.of();
      LossTerms picture = terms(tf, weights, seen.picture(), seen, style, content);
      LossTerms terms =
          temporal
              ? picture.withTemporal(
                  tf, TemporalLoss.of(tf, seen.picture(), before.get(0), before.get(1)))
              : picture;
      ops =
          new ObjectiveOps(
              LossOps.of(seen.picture(), content, terms),
              exact.map(it -> exactLosses(tf, weights, seen.picture(), it, style)),
              List.of(name(weights.style()), name(weights.content()), name(weights.tv())),
              before.stream().map(ObjectiveGraph::name).toList(),
              style.ops(),
              Map.copyOf(Maps.transformValues(seen.layers(), ObjectiveGraph::name)),
              gradient(graph, terms.total(), seen.picture()));
      definition = graph.toGraphDef();
    }
  }

  /** The graph as built. */
  GraphDef definition() {
    return definition;
  }

  /** What may be asked of it. */
  ObjectiveOps ops() {
    return ops;
  }

  private Features exactFeatures(Graph graph) {
    return backbone.importForPlaceholder(
        graph,
        EXACT_SCOPE,
        Backbone.ANY_SIZE,
        recipe.network(),
        recipe.layersUsed(),
        recipe.form().activation());
  }

  private LossOps exactLosses(
      Ops tf,
      TermWeights weights,
      Operand<TFloat32> picture,
      Features features,
      StyleTargets style) {
    Ops own = tf.withSubScope(EXACT_SCOPE);
    ContentTargets content = new ContentTargets(own, features::layer, recipe.contentLayersUsed());
    return LossOps.of(
        features.picture(), content, terms(own, weights, picture, features, style, content));
  }

  private LossTerms terms(
      Ops tf,
      TermWeights weights,
      Operand<TFloat32> picture,
      Features features,
      StyleTargets style,
      ContentTargets content) {
    return PerceptualLoss.of(
        tf,
        recipe,
        weights,
        picture,
        layer -> StyleSeen.whole(features.layer(layer)),
        style::of,
        layer -> ContentSeen.whole(features.layer(layer), content.of(layer)),
        recipe.form().units().per(backbone.units()));
  }

  /** The placeholders of {@link TemporalFeeds}. */
  private static List<Placeholder<TFloat32>> before(Ops tf) {
    return Stream.of("frame_before", "frame_before_weights")
        .map(
            name ->
                tf.withName(name)
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, -1, -1, 3))))
        .toList();
  }

  private static Operand<TFloat32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  private static String gradient(Graph graph, Operand<TFloat32> total, Operand<TFloat32> picture) {
    return graph
        .addGradients(total.asOutput(), new Output<?>[] {picture.asOutput()})[0]
        .op()
        .name();
  }

  /** Each op that is used by name has one output. */
  private static String name(Operand<?> operand) {
    return operand.op().name();
  }
}
