package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Features;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.loss.ContentSeen;
import io.stylegraph.loss.LossTerms;
import io.stylegraph.loss.PerceptualLoss;
import io.stylegraph.loss.StyleSeen;
import io.stylegraph.loss.TermWeights;
import io.stylegraph.recipe.FeatureUnits;
import io.stylegraph.recipe.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
 * The graph of an objective behind a network's shallow part: the losses and their gradients, of the
 * deep part's features and of what was summed over the tiles.
 */
final class HeadGraph {
  private final Recipe recipe;
  private final int regions;
  private final UnaryOperator<String> rename;
  private final Ops tf;
  private final Map<String, StyleInputs> style = new LinkedHashMap<>();
  private final Map<String, ContentInputs> content = new LinkedHashMap<>();
  private final HeadOps ops;
  private final GraphDef definition;

  private record StyleInputs(Operand<TFloat32> positions, List<List<Operand<TFloat32>>> means) {}

  private record ContentInputs(
      Operand<TFloat32> error, Operand<TFloat32> power, Operand<TFloat32> entries) {}

  /**
   * Builds the graph.
   *
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   * @param units those of the network's features
   * @param rename what the ops will be called
   */
  HeadGraph(
      NetworkCut cut,
      Recipe recipe,
      int guidedRegions,
      FeatureUnits units,
      UnaryOperator<String> rename) {
    this.recipe = recipe;
    this.rename = rename;
    regions = Math.max(1, guidedRegions);
    try (Graph graph = new Graph()) {
      tf = Ops.create(graph).withSubScope("run");
      Optional<Features> deep = cut.op().map(op -> cut.importDeep(graph));
      recipe.styleLayersUsed().stream()
          .filter(cut.shallowLayers()::contains)
          .forEach(it -> style.put(it, styleInputs(it, cut.channels(it))));
      recipe.contentLayersUsed().stream()
          .filter(cut.shallowLayers()::contains)
          .forEach(it -> content.put(it, contentInputs(it)));
      Operand<TFloat32> picture = fed(tf, "pixels", Backbone.ANY_SIZE);
      TermWeights weights =
          new TermWeights(
              fed(tf, "style_weight", Shape.scalar()),
              fed(tf, "content_weight", Shape.scalar()),
              fed(tf, "tv_weight", Shape.scalar()));
      StyleTargets styleTargets =
          new StyleTargets(tf, it -> styleSeen(deep, it), recipe, guidedRegions);
      ContentTargets contentTargets = contentTargets(deep);
      LossTerms terms =
          PerceptualLoss.of(
              tf,
              recipe,
              weights,
              picture,
              it -> styleSeen(deep, it),
              styleTargets::of,
              it -> contentSeen(deep, contentTargets, it),
              recipe.form().units().per(units));
      Map<Operand<TFloat32>, String> gradients =
          gradients(graph, terms, deep.map(Features::picture), picture);
      ops =
          new HeadOps(
              LossOps.of(picture, contentTargets, terms).renamed(rename),
              names(List.of(weights.style(), weights.content(), weights.tv())),
              styleTargets.ops().stream().map(it -> it.renamed(rename)).toList(),
              style.keySet().stream().map(it -> summed(it, gradients)).toList(),
              content.keySet().stream().map(it -> summedContent(it, gradients)).toList(),
              deep.map(it -> new HeadOps.Cut(name(it.picture()), at(gradients, it.picture()))),
              Optional.ofNullable(gradients.get(picture)));
      definition = graph.toGraphDef();
    }
  }

  /** The graph as built. */
  GraphDef definition() {
    return definition;
  }

  /** What may be asked of it. */
  HeadOps ops() {
    return ops;
  }

  private StyleInputs styleInputs(String layer, int channels) {
    Ops own = tf.withSubScope("summed_style_" + layer);
    Shape square = Shape.of(channels, channels);
    List<Shape> shapes =
        switch (recipe.form().statistic()) {
          case GRAM -> List.of(square);
          case MOMENTS -> List.of(Shape.of(channels), square);
        };
    List<List<Operand<TFloat32>>> means = new ArrayList<>();
    for (int region = 0; region < regions; region++) {
      means.add(shapes.stream().map(it -> fed(own, "mean", it)).toList());
    }
    return new StyleInputs(fed(own, "positions", Shape.scalar()), means);
  }

  private ContentInputs contentInputs(String layer) {
    Ops own = tf.withSubScope("summed_content_" + layer);
    return new ContentInputs(
        fed(own, "error", Shape.scalar()),
        fed(own, "power", Shape.scalar()),
        fed(own, "entries", Shape.scalar()));
  }

  private StyleSeen styleSeen(Optional<Features> deep, String layer) {
    StyleInputs inputs = style.get(layer);
    return inputs == null
        ? StyleSeen.whole(deep.orElseThrow().layer(layer))
        : StyleSeen.summed(inputs.means(), inputs.positions());
  }

  private ContentSeen contentSeen(Optional<Features> deep, ContentTargets targets, String layer) {
    ContentInputs inputs = content.get(layer);
    return inputs == null
        ? ContentSeen.whole(deep.orElseThrow().layer(layer), targets.of(layer))
        : ContentSeen.summed(inputs.error(), inputs.power(), inputs.entries());
  }

  private ContentTargets contentTargets(Optional<Features> deep) {
    List<String> layers =
        recipe.contentLayersUsed().stream().filter(it -> !content.containsKey(it)).toList();
    return new ContentTargets(tf, layer -> deep.orElseThrow().layer(layer), layers);
  }

  /**
   * The names of the total's gradients, by what it is differentiated with respect to. The terms are
   * differentiated and not their sum, whose gradient would ask for the shapes of all of them.
   */
  private Map<Operand<TFloat32>, String> gradients(
      Graph graph, LossTerms terms, Optional<Operand<TFloat32>> cut, Operand<TFloat32> picture) {
    List<Operand<TFloat32>> of =
        Stream.of(
                cut.stream(),
                style.values().stream().flatMap(it -> it.means().stream()).flatMap(List::stream),
                content.values().stream().map(ContentInputs::error),
                recipe.tvWeight() == 0 ? Stream.<Operand<TFloat32>>empty() : Stream.of(picture))
            .flatMap(it -> it)
            .toList();
    if (of.isEmpty()) {
      return Map.of();
    }
    Output<?>[] gradients =
        graph.addGradients(null, outputs(differentiable(terms)), outputs(of), null);
    Map<Operand<TFloat32>, String> names = new LinkedHashMap<>();
    for (int i = 0; i < gradients.length; i++) {
      names.put(of.get(i), rename.apply(gradients[i].op().name()));
    }
    return names;
  }

  /** Those that are not constant. */
  private List<Operand<TFloat32>> differentiable(LossTerms terms) {
    List<Operand<TFloat32>> some = new ArrayList<>();
    if (!recipe.styleLayersUsed().isEmpty()) {
      some.add(terms.style());
    }
    if (!recipe.contentLayersUsed().isEmpty()) {
      some.add(terms.content());
    }
    if (recipe.tvWeight() > 0) {
      some.add(terms.tv());
    }
    return some;
  }

  private static Output<?>[] outputs(List<Operand<TFloat32>> operands) {
    return operands.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
  }

  private HeadOps.Summed summed(String layer, Map<Operand<TFloat32>, String> gradients) {
    StyleInputs inputs = requireNonNull(style.get(layer));
    return new HeadOps.Summed(
        layer,
        name(inputs.positions()),
        inputs.means().stream().map(this::names).toList(),
        inputs.means().stream()
            .map(region -> region.stream().map(it -> at(gradients, it)).toList())
            .toList());
  }

  private HeadOps.SummedContent summedContent(
      String layer, Map<Operand<TFloat32>, String> gradients) {
    ContentInputs inputs = requireNonNull(content.get(layer));
    return new HeadOps.SummedContent(
        layer,
        name(inputs.error()),
        name(inputs.power()),
        name(inputs.entries()),
        at(gradients, inputs.error()));
  }

  private static String at(Map<Operand<TFloat32>, String> gradients, Operand<TFloat32> place) {
    return requireNonNull(gradients.get(place));
  }

  private static Operand<TFloat32> fed(Ops tf, String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private String name(Operand<?> operand) {
    return rename.apply(operand.op().name());
  }

  private List<String> names(List<Operand<TFloat32>> operands) {
    return operands.stream().map(this::name).toList();
  }
}
