package io.stylegraph.engine;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.recipe.Recipe;
import org.tensorflow.proto.GraphDef;

/** The graph of a run on the tiny model, for pictures of 32x32. */
final class TinyGraph {
  private TinyGraph() {}

  /** As built. */
  static GraphDef of(Recipe recipe) {
    return of(recipe, false);
  }

  /** As built, with the losses in float32 beside it where it is on trial. */
  static GraphDef of(Recipe recipe, boolean onTrial) {
    return new StyleTransferGraph(
            Backbone.load(TinyModel.folder()),
            recipe,
            TinyModel.picture(32, 32, 1),
            TinyModel.picture(32, 32, 2),
            onTrial)
        .definition();
  }
}
