package io.stylegraph.engine;

import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** A recipe's weights of style, content and total variation, as a run is fed them; closes them. */
final class TermScalars implements AutoCloseable {
  private final List<TFloat32> weights;

  TermScalars(Recipe recipe) {
    weights =
        Stream.of(recipe.styleWeight(), recipe.contentWeight(), recipe.tvWeight())
            .map(weight -> TFloat32.scalarOf(weight.floatValue()))
            .toList();
  }

  /**
   * Feeds them.
   *
   * @param placeholders in that order
   */
  Session.Runner feed(Session.Runner runner, List<String> placeholders) {
    for (int i = 0; i < weights.size(); i++) {
      runner.feed(placeholders.get(i), weights.get(i));
    }
    return runner;
  }

  @Override
  public void close() {
    weights.forEach(TFloat32::close);
  }
}
