package io.stylegraph.optim;

import io.stylegraph.recipe.AdamSettings;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@link Adam} of tensorflow-framework on one variable, inside the graph.
 *
 * <p>In tensorflow-framework 1.0.0 nothing makes the powers of beta wait for the update that reads
 * them: they are multiplied first, and every step gets the next one's bias correction (a first step
 * of 7.44 instead of 10). Here they wait.
 */
final class OrderedAdam extends Adam {
  /** The variables that hold the powers of the betas. */
  static final List<String> POWERS = List.of("beta1_power", "beta2_power");

  private final AdamSettings settings;

  OrderedAdam(Graph graph, AdamSettings settings) {
    super(
        graph,
        "adam",
        (float) settings.learningRate(),
        (float) settings.beta1(),
        (float) settings.beta2(),
        (float) settings.epsilon());
    this.settings = settings;
  }

  /**
   * Adds an update to the graph; once. The moments are variables that the graph's initialiser sets.
   *
   * @param gradient of the loss with respect to {@code variable}
   * @param variable a reference variable ({@code VariableV2})
   * @return the op that updates the variable once
   */
  Op update(Operand<TFloat32> gradient, Operand<TFloat32> variable) {
    // Not Adam.minimize: it differentiates every variable of the graph, the targets too.
    return applyGradients(
        List.of(new GradAndVar<>(gradient.asOutput(), variable.asOutput())), "update");
  }

  /** The op of the variable that holds a moment of another one. */
  String moment(Operand<TFloat32> variable, String which) {
    return getSlot(variable.asOutput(), which).orElseThrow().op().name();
  }

  @Override
  protected Op finish(List<Op> updates, String name) {
    Ops after = tf.withControlDependencies(updates);
    return tf.withControlDependencies(
            List.of(
                multiply(after, POWERS.get(0), settings.beta1()),
                multiply(after, POWERS.get(1), settings.beta2())))
        .withName(name)
        .noOp();
  }

  private Op multiply(Ops after, String power, double beta) {
    Operand<TFloat32> variable = graph.operationOrThrow(power).output(0);
    return after.assign(variable, after.math.mul(variable, tf.constant((float) beta)));
  }
}
