package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Features;
import io.stylegraph.image.Picture;
import io.stylegraph.loss.GramMatrix;
import io.stylegraph.loss.LossTerms;
import io.stylegraph.loss.PerceptualLoss;
import io.stylegraph.optim.AdamOptimizer;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.OptimizerSettings;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The ops of one run for one picture size: targets, losses, gradient, the best picture so far, and
 * the update. Within a step, losses and the best picture are those before the update.
 */
final class StyleTransferGraph {
  private final Backbone backbone;
  private final Graph graph;
  private final Targets style;
  private final Targets content;
  private final Features features;
  private final LossTerms losses;
  private final Output<TFloat32> gradient;
  private final Variable<TFloat32> best;
  private final Placeholder<TFloat32> start;
  private final List<Op> begin;
  private final List<Op> keepBest;
  private final Op update;

  StyleTransferGraph(
      Graph graph, Backbone backbone, Recipe recipe, Picture contentPicture, Picture stylePicture) {
    this.backbone = backbone;
    this.graph = graph;
    // A scope of its own, since the imported backbone has none.
    Ops tf = Ops.create(graph).withSubScope("run");
    style =
        new Targets(
            graph,
            tf,
            backbone,
            "style",
            stylePicture,
            layers(recipe.styleLayers(), recipe.styleWeight()),
            layer -> GramMatrix.of(tf, layer));
    content =
        new Targets(
            graph,
            tf,
            backbone,
            "content",
            contentPicture,
            layers(recipe.contentLayers(), recipe.contentWeight()),
            layer -> layer);
    Shape shape = Tensors.shape(contentPicture);
    features = backbone.importForVariable(graph, shape, recipe.layersUsed());
    backbone.importRestore(graph);
    losses =
        PerceptualLoss.of(tf, recipe, features.picture(), features::layer, style::of, content::of);
    gradient = gradient();

    best = tf.withName("best").variable(shape, TFloat32.class);
    Variable<TFloat32> bestTotal =
        tf.withName("best_total").variable(Shape.scalar(), TFloat32.class);
    start = tf.withName("start").placeholder(TFloat32.class, Placeholder.shape(shape));
    begin =
        List.of(
            tf.assign(features.picture(), start),
            tf.assign(best, start),
            tf.assign(bestTotal, tf.constant(Float.POSITIVE_INFINITY)));
    keepBest = keepBest(tf, bestTotal);
    update = update(tf, recipe.optimizer());
  }

  /** Restores weights, computes targets, and puts the first picture in place. */
  void begin(Session session, Picture picture) {
    backbone.restore(session);
    style.compute(session);
    content.compute(session);
    Session.Runner runner = session.runner();
    begin.forEach(runner::addTarget);
    try (TFloat32 tensor = Tensors.of(picture)) {
      runner.feed(start, tensor).run().close();
    }
  }

  /** Fetches the losses, in the order of {@link Tensors#losses}. */
  Session.Runner fetchLosses(Session.Runner runner) {
    return runner
        .fetch(losses.total())
        .fetch(losses.content())
        .fetch(losses.style())
        .fetch(losses.tv());
  }

  /** Makes a run keep its picture if it is the best so far. */
  Session.Runner keepBest(Session.Runner runner) {
    keepBest.forEach(runner::addTarget);
    return runner;
  }

  /** Makes a run move the picture. */
  Session.Runner update(Session.Runner runner) {
    return runner.addTarget(update);
  }

  /** The picture as it is now; RGB in 0-255, [1, height, width, 3]. */
  Operand<TFloat32> picture() {
    return features.picture();
  }

  /** The picture of the lowest total so far. */
  Operand<TFloat32> best() {
    return best;
  }

  /** Of the total with respect to the picture; [1, height, width, 3]. */
  Output<TFloat32> gradientOfTotal() {
    return gradient;
  }

  @SuppressWarnings("unchecked")
  private Output<TFloat32> gradient() {
    return (Output<TFloat32>)
        graph
            .addGradients(
                losses.total().asOutput(), new Output<?>[] {features.picture().asOutput()})[0];
  }

  private List<Op> keepBest(Ops tf, Variable<TFloat32> bestTotal) {
    Operand<TBool> better = tf.math.less(losses.total(), bestTotal);
    Op keepPicture = tf.assign(best, tf.select(better, features.picture(), best));
    // After keepPicture: it still compares with the old best.
    Ops after = tf.withControlDependencies(keepPicture);
    Op keepTotal =
        after.assign(bestTotal, after.select(better, losses.total(), after.identity(bestTotal)));
    return List.of(keepPicture, keepTotal);
  }

  private Op update(Ops tf, OptimizerSettings optimizer) {
    Operand<TFloat32> afterKeeping = tf.withControlDependencies(keepBest).identity(gradient);
    Op moved =
        AdamOptimizer.update(graph, (AdamSettings) optimizer, afterKeeping, features.picture());
    Ops after = tf.withControlDependencies(moved);
    return after.assign(
        features.picture(),
        after.clipByValue(features.picture(), tf.constant(0f), tf.constant(255f)));
  }

  private static List<LayerWeight> layers(List<LayerWeight> layers, double weight) {
    return weight > 0 ? layers : List.of();
  }
}
