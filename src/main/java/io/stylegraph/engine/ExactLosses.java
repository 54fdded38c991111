package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Features;
import io.stylegraph.image.Picture;
import io.stylegraph.loss.LossTerms;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The objective in float32 beside that of a graph in bfloat16: a network and content targets of its
 * own, and no gradient, so that one look at it takes less memory than a step.
 */
final class ExactLosses {
  static final String SCOPE = "exact";

  private final String picture;
  private final ContentTargets content;
  private final List<String> losses;

  /**
   * Adds the objective to a graph.
   *
   * @param seen what the graph optimises
   * @param style its targets, which are float32 already
   */
  ExactLosses(
      Graph graph, Ops tf, Backbone backbone, Recipe recipe, Features seen, StyleTargets style) {
    Features features =
        backbone.importForPlaceholder(
            graph, SCOPE, seen.picture().shape(), recipe.layersUsed(), recipe.form().activation());
    Ops own = tf.withSubScope(SCOPE);
    content = new ContentTargets(own, features, recipe.contentLayersUsed());
    LossTerms terms =
        StyleTransferGraph.objective(
            own, recipe, backbone, seen.picture(), features, style, content);
    picture = features.picture().op().name();
    losses = StyleTransferGraph.names(terms);
  }

  /** As {@link ContentTargets#initialize}. */
  void initialize(Session session) {
    content.initialize(session);
  }

  /** Takes the content's targets from a picture that the run does not start from. */
  void computeContentTargets(Session session, Picture contentPicture) {
    try (TFloat32 tensor = Tensors.of(contentPicture)) {
      content.compute(session.runner().feed(picture, tensor));
    }
  }

  /**
   * Fetches the losses, in the order of {@link Tensors#losses}.
   *
   * @param start the picture that is in place, in 0-255
   * @param look whether it is also the content picture
   */
  Session.Runner fetch(Session.Runner runner, TFloat32 start, TBool look) {
    losses.forEach(runner::fetch);
    return content.look(runner.feed(picture, start), look);
  }
}
