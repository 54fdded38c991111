package io.stylegraph.engine;

import io.stylegraph.optim.OptimizerState;
import java.util.Optional;

/** Where an optimiser begins, or goes on. */
final class Beginning {
  private final float[] values;
  private final Optional<OptimizerState> state;

  private Beginning(float[] values, Optional<OptimizerState> state) {
    this.values = values;
    this.state = state;
  }

  /**
   * A picture, of which nothing is known.
   *
   * @param values of the pixel space, [height][width][3]
   */
  static Beginning at(float[] values) {
    return new Beginning(values, Optional.empty());
  }

  /** The point of an optimiser, with what it knows. */
  static Beginning of(OptimizerState state) {
    return new Beginning(state.point(), Optional.of(state));
  }

  float[] values() {
    return values;
  }

  Optional<OptimizerState> state() {
    return state;
  }
}
