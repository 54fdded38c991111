package io.stylegraph.engine;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.recipe.Recipe;
import org.tensorflow.proto.GraphDef;

/** The graph of an objective on the tiny model. */
final class TinyGraph {
  private TinyGraph() {}

  /** As built. */
  static GraphDef of(Recipe recipe) {
    return built(recipe, false).definition();
  }

  /** What was built, with the objective in float32 beside it or without. */
  static ObjectiveGraph built(Recipe recipe, boolean exactToo) {
    return new ObjectiveGraph(Backbone.load(TinyModel.folder()), recipe, 0, false, exactToo);
  }
}
