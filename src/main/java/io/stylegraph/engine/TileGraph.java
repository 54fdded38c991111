package io.stylegraph.engine;

import io.stylegraph.backbone.Features;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.loss.ContentLoss;
import io.stylegraph.loss.FeatureGradients;
import io.stylegraph.loss.StyleStatistics;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * The graph of a network's shallow part for tiles of any size. One run gives a tile's part in the
 * statistics; another takes the loss's gradients at the whole picture's statistics, and at the
 * features that the deep part gets, back to the tile.
 */
final class TileGraph {
  private final Recipe recipe;
  private final int regions;
  private final UnaryOperator<String> rename;
  private final Ops tf;

  /** Where the gradient comes from, and what it is there. */
  private final List<Output<?>> from = new ArrayList<>();

  private final List<Output<?>> arriving = new ArrayList<>();
  private final TileOps ops;
  private final GraphDef definition;

  /**
   * Builds the graph.
   *
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   * @param rename what the ops will be called
   */
  TileGraph(NetworkCut cut, Recipe recipe, int guidedRegions, UnaryOperator<String> rename) {
    this.recipe = recipe;
    this.rename = rename;
    regions = Math.max(1, guidedRegions);
    try (Graph graph = new Graph()) {
      tf = Ops.create(graph).withSubScope("run");
      Features seen = cut.importShallow(graph, recipe.pixels());
      List<TileOps.Style> style =
          recipe.styleLayersUsed().stream()
              .filter(cut.shallowLayers()::contains)
              .map(layer -> style(layer, seen.layer(layer)))
              .toList();
      List<TileOps.Content> content =
          recipe.contentLayersUsed().stream()
              .filter(cut.shallowLayers()::contains)
              .map(layer -> content(layer, seen.layer(layer)))
              .toList();
      Optional<TileOps.Cut> deep = cut.op().map(op -> deep(seen.layer(NetworkCut.FEATURES)));
      ops =
          new TileOps(name(seen.picture()), style, content, deep, gradient(graph, seen.picture()));
      definition = graph.toGraphDef();
    }
  }

  /** The graph as built. */
  GraphDef definition() {
    return definition;
  }

  /** What may be asked of it. */
  TileOps ops() {
    return ops;
  }

  private TileOps.Style style(String layer, Operand<TFloat32> features) {
    List<TileOps.Region> all = new ArrayList<>();
    for (int region = 0; region < regions; region++) {
      all.add(region(tf.withSubScope("style_" + layer), features));
    }
    return new TileOps.Style(layer, all);
  }

  private TileOps.Region region(Ops own, Operand<TFloat32> features) {
    LossForm form = recipe.form();
    Operand<TFloat32> guide = fed(own, "guide", Shape.of(Shape.UNKNOWN_SIZE));
    List<Operand<TFloat32>> means = StyleStatistics.means(own, form, features, guide);
    List<Operand<TFloat32>> whole = fedLike(own, "mean", means);
    List<Operand<TFloat32>> slopes = fedLike(own, "slope", means);
    arrives(
        features,
        FeatureGradients.style(
            own.withSubScope(Ancestry.GRADIENTS), features, guide, whole, slopes));
    return new TileOps.Region(name(guide), names(means), names(whole), names(slopes));
  }

  private TileOps.Content content(String layer, Operand<TFloat32> features) {
    Ops own = tf.withSubScope("content_" + layer);
    Operand<TFloat32> guide = fed(own, "guide", Shape.of(Shape.UNKNOWN_SIZE));
    Operand<TFloat32> target = fed(own, "target", features.shape());
    Operand<TFloat32> slope = fed(own, "slope", Shape.scalar());
    Ops gradients = own.withSubScope(Ancestry.GRADIENTS);
    arrives(features, FeatureGradients.content(gradients, features, target, guide, slope));
    return new TileOps.Content(
        layer,
        name(features),
        name(guide),
        name(target),
        name(ContentLoss.part(own, features, target, guide)),
        name(ContentLoss.powerPart(own, features, guide)),
        name(slope));
  }

  private TileOps.Cut deep(Operand<TFloat32> features) {
    Operand<TFloat32> gradient = fed(tf, "deep_gradient", features.shape());
    arrives(features, gradient);
    return new TileOps.Cut(name(features), name(gradient));
  }

  private void arrives(Operand<TFloat32> features, Operand<TFloat32> gradient) {
    // A leaf of its own: TensorFlow's gradient is wrong where one of several that it begins with
    // comes before another.
    from.add(tf.identity(features).asOutput());
    arriving.add(gradient.asOutput());
  }

  private Optional<String> gradient(Graph graph, Operand<TFloat32> picture) {
    if (from.isEmpty()) {
      return Optional.empty();
    }
    Output<?>[] gradients =
        graph.addGradients(
            null,
            from.toArray(Output<?>[]::new),
            new Output<?>[] {picture.asOutput()},
            arriving.toArray(Output<?>[]::new));
    return Optional.of(name(gradients[0]));
  }

  private static Operand<TFloat32> fed(Ops tf, String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private static List<Operand<TFloat32>> fedLike(
      Ops tf, String name, List<Operand<TFloat32>> like) {
    return like.stream().map(it -> fed(tf, name, it.shape())).toList();
  }

  private String name(Operand<?> operand) {
    return rename.apply(operand.op().name());
  }

  private List<String> names(List<Operand<TFloat32>> operands) {
    return operands.stream().map(this::name).toList();
  }
}
