package io.stylegraph.optim;

import io.stylegraph.recipe.AdamSettings;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** {@link Adam} of tensorflow-framework on one variable, inside the graph. */
public final class AdamOptimizer {
  private AdamOptimizer() {}

  /**
   * Adds an update to a graph. The moments are variables that the graph's initialiser sets.
   *
   * @param gradient of the loss with respect to {@code variable}
   * @param variable a reference variable ({@code VariableV2})
   * @return the op that updates the variable once
   */
  public static Op update(
      Graph graph, AdamSettings settings, Operand<TFloat32> gradient, Operand<TFloat32> variable) {
    // Not Adam.minimize: it differentiates every variable of the graph, the targets too.
    return new Adam(
            graph,
            "adam",
            (float) settings.learningRate(),
            (float) settings.beta1(),
            (float) settings.beta2(),
            (float) settings.epsilon())
        .applyGradients(
            List.of(new GradAndVar<>(gradient.asOutput(), variable.asOutput())), "adam_update");
  }
}
