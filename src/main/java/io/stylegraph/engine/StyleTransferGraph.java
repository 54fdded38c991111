package io.stylegraph.engine;

import com.google.common.collect.Maps;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Features;
import io.stylegraph.image.Picture;
import io.stylegraph.loss.LossTerms;
import io.stylegraph.loss.PerceptualLoss;
import io.stylegraph.optim.AdamOptimizer;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The ops of one run for one picture size: targets, losses, gradient, the best picture so far, and
 * the update. Within a step, losses and the best picture are those before the update.
 *
 * <p>Ops are known by name, since what runs is a rewritten copy of the graph that is built here.
 */
final class StyleTransferGraph {
  private final Backbone backbone;
  private final PixelSpace pixels;
  private final StyleTargets style;
  private final ContentTargets content;
  private final Optional<ExactLosses> exact;
  private final Shape shape;
  private final GraphDef definition;
  private final List<String> losses;
  private final String picture;
  private final Map<String, String> features;
  private final String gradient;
  private final String best;
  private final String start;
  private final List<String> place;
  private final List<String> keepBest;
  private final String move;
  private final String update;

  /**
   * Builds the ops.
   *
   * @param onTrial whether the losses are also wanted in float32
   */
  StyleTransferGraph(
      Backbone backbone,
      Recipe recipe,
      Picture contentPicture,
      Picture stylePicture,
      boolean onTrial) {
    this.backbone = backbone;
    pixels = recipe.pixels();
    try (Graph graph = new Graph()) {
      // A scope of its own, since the backbone of the picture has none.
      Ops tf = Ops.create(graph).withSubScope("run");
      shape = Tensors.shape(contentPicture);
      Features seen =
          backbone.importForVariable(
              graph, shape, pixels, recipe.layersUsed(), recipe.form().activation());
      backbone.importRestore(graph);
      style =
          new StyleTargets(
              graph, tf, backbone, stylePicture, recipe.styleLayersUsed(), recipe.form());
      content = new ContentTargets(tf, seen, recipe.contentLayersUsed());
      LossTerms terms = objective(tf, recipe, backbone, seen.picture(), seen, style, content);
      exact =
          onTrial
              ? Optional.of(new ExactLosses(graph, tf, backbone, recipe, seen, style))
              : Optional.empty();
      Output<TFloat32> pictureGradient = gradient(graph, terms.total(), seen.picture());

      Variable<TFloat32> bestPicture = tf.withName("best").variable(shape, TFloat32.class);
      Variable<TFloat32> bestTotal =
          tf.withName("best_total").variable(Shape.scalar(), TFloat32.class);
      Placeholder<TFloat32> startPicture =
          tf.withName("start").placeholder(TFloat32.class, Placeholder.shape(shape));
      Op moveOp = tf.assign(seen.picture(), startPicture);
      List<Op> placeOps =
          List.of(
              moveOp,
              tf.assign(bestPicture, startPicture),
              tf.assign(bestTotal, tf.constant(Float.POSITIVE_INFINITY)));
      List<Op> keepOps = keepBest(tf, terms.total(), seen.picture(), bestPicture, bestTotal);
      Op updateOp =
          recipe.optimizer() instanceof AdamSettings adam
              ? update(
                  graph,
                  adam,
                  seen.picture(),
                  tf.withControlDependencies(keepOps).identity(pictureGradient))
              : moveOp;

      losses = names(terms);
      picture = name(seen.picture());
      features = Map.copyOf(Maps.transformValues(seen.layers(), StyleTransferGraph::name));
      gradient = name(pictureGradient);
      best = name(bestPicture);
      start = name(startPicture);
      place = names(placeOps.stream());
      keepBest = names(keepOps.stream());
      move = name(moveOp);
      update = name(updateOp);
      definition = graph.toGraphDef();
    }
  }

  /** Adds the recipe's objective of a picture, seen as these features, to a graph. */
  static LossTerms objective(
      Ops tf,
      Recipe recipe,
      Backbone backbone,
      Operand<TFloat32> picture,
      Features features,
      StyleTargets style,
      ContentTargets content) {
    return PerceptualLoss.of(
        tf,
        recipe,
        picture,
        features::layer,
        style::of,
        content::of,
        recipe.form().units().per(backbone.units()));
  }

  /** The graph as built. */
  GraphDef definition() {
    return definition;
  }

  /** Restores weights and computes the style's targets. */
  void begin(Session session) {
    backbone.restore(session);
    style.compute(session);
    content.initialize(session);
    exact.ifPresent(it -> it.initialize(session));
  }

  /** Takes the content's targets from the picture in place, by a look of its own. */
  void computeContentTargets(Session session) {
    content.compute(session.runner());
  }

  /** Tells a run that sees the content picture to take the content's targets from it. */
  Session.Runner look(Session.Runner runner, TBool yes) {
    return content.look(runner, yes);
  }

  /** Puts a picture in place, also as the best so far, of a loss not known yet. */
  void place(Session session, Picture newPicture) {
    Session.Runner runner = session.runner();
    place.forEach(runner::addTarget);
    try (TFloat32 tensor = tensor(pixels.fromBytes(newPicture.rgb()))) {
      runner.feed(start, tensor).run().close();
    }
  }

  /** Fetches the losses, in the order of {@link Tensors#losses}. */
  Session.Runner fetchLosses(Session.Runner runner) {
    losses.forEach(runner::fetch);
    return runner;
  }

  /** The objective in float32; of a graph on trial alone. */
  ExactLosses exact() {
    return exact.orElseThrow();
  }

  /** Makes a run keep its picture if it is the best so far. */
  Session.Runner keepBest(Session.Runner runner) {
    keepBest.forEach(runner::addTarget);
    return runner;
  }

  /** Puts values of the pixel space in place and leaves the best so far as it is. */
  void move(Session session, float[] values) {
    try (TFloat32 tensor = tensor(values)) {
      session.runner().addTarget(move).feed(start, tensor).run().close();
    }
  }

  /** Makes a run move the picture, for optimisers that are ops of the graph. */
  Session.Runner update(Session.Runner runner) {
    return runner.addTarget(update);
  }

  /** The picture as it is now, in the pixel space, [1, height, width, 3]. */
  String picture() {
    return picture;
  }

  /**
   * What the recipe compares at one of its layers, of the picture as it is now: [1, height/stride,
   * width/stride, channels], in the backbone's units.
   */
  String features(String layer) {
    return Objects.requireNonNull(features.get(layer), layer);
  }

  /** The picture of the lowest total so far, likewise. */
  String best() {
    return best;
  }

  /** Of the total with respect to the picture in the pixel space, [1, height, width, 3]. */
  String gradient() {
    return gradient;
  }

  private TFloat32 tensor(float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  @SuppressWarnings("unchecked")
  private static Output<TFloat32> gradient(
      Graph graph, Operand<TFloat32> total, Operand<TFloat32> picture) {
    return (Output<TFloat32>)
        graph.addGradients(total.asOutput(), new Output<?>[] {picture.asOutput()})[0];
  }

  private static List<Op> keepBest(
      Ops tf,
      Operand<TFloat32> total,
      Operand<TFloat32> picture,
      Variable<TFloat32> best,
      Variable<TFloat32> bestTotal) {
    Operand<TBool> better = tf.math.less(total, bestTotal);
    Op keepPicture = tf.assign(best, tf.select(better, picture, best));
    // After keepPicture: it still compares with the old best.
    Ops after = tf.withControlDependencies(keepPicture);
    Op keepTotal = after.assign(bestTotal, after.select(better, total, after.identity(bestTotal)));
    return List.of(keepPicture, keepTotal);
  }

  private Op update(
      Graph graph, AdamSettings settings, Operand<TFloat32> picture, Operand<TFloat32> gradient) {
    Op moved = AdamOptimizer.update(graph, settings, gradient, picture);
    if (!settings.clip()) {
      return moved;
    }
    Ops after = Ops.create(graph).withSubScope("clip").withControlDependencies(moved);
    return after.assign(
        picture,
        after.clipByValue(picture, after.constant(pixels.lower()), after.constant(pixels.upper())));
  }

  /** In the order of {@link Tensors#losses}. */
  static List<String> names(LossTerms terms) {
    return names(Stream.of(terms.total(), terms.content(), terms.style(), terms.tv()));
  }

  private static List<String> names(Stream<? extends Op> ops) {
    return ops.map(StyleTransferGraph::name).toList();
  }

  /** Each op that is used by name has one output, or none. */
  private static String name(Op op) {
    return op.op().name();
  }
}
