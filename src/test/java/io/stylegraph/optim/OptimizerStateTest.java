package io.stylegraph.optim;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.LbfgsSettings.Bounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An optimiser made from another's state goes on as that one does, bit by bit. */
class OptimizerStateTest {
  private static final int VALUES = 1500;
  private static final int STEPS = 30;
  private static final Quadratic QUADRATIC = Quadratic.bounded(VALUES, 100, 0, 255);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void adam_goes_on_from_any_step(boolean clip) {
    AdamSettings settings = new AdamSettings(10, 0.9, 0.999, 1e-8, clip);
    List<float[]> points = new ArrayList<>();
    List<OptimizerState> states = new ArrayList<>();
    try (AdamOptimizer whole = new AdamOptimizer(settings, start(), 0, 255)) {
      for (int i = 0; i < STEPS; i++) {
        states.add(whole.state());
        points.add(whole.step(gradient(states.get(i).point())).clone());
      }
    }
    for (int from : new int[] {0, 1, 2, 17}) {
      try (AdamOptimizer resumed = new AdamOptimizer(settings, states.get(from), 0, 255)) {
        float[] at = states.get(from).point();
        for (int i = from; i < STEPS; i++) {
          at = resumed.step(gradient(at)).clone();
          assertThat(at).as("step %d from %d", i, from).isEqualTo(points.get(i));
        }
      }
    }
  }

  @Test
  void adam_knows_the_powers_of_its_betas() {
    AdamSettings settings = new AdamSettings(1, 0.5, 0.75, 1e-8, false);
    try (AdamOptimizer adam = new AdamOptimizer(settings, new float[] {1, 2}, 0, 0)) {
      adam.step(new float[] {4, -4});
      adam.step(new float[] {4, -4});
      OptimizerState state = adam.state();
      assertThat(state.numbers()).containsEntry("beta1_power", 0.125);
      assertThat(state.numbers()).containsEntry("beta2_power", 0.421875);
      assertThat(state.vector(OrderedAdam.FIRST_MOMENT)).containsExactly(3, -3);
      assertThat(state.vector(OrderedAdam.SECOND_MOMENT)).containsExactly(7, 7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lbfgs_goes_on_from_any_step(Bounds bounds) {
    for (int from = 0; from < STEPS; from++) {
      assertGoesOn(LbfgsOptimizerTest.settings(bounds), from, loss -> loss);
    }
  }

  /** A short history drops its oldest pairs. */
  @ParameterizedTest
  @EnumSource
  void lbfgs_goes_on_with_a_full_history(Bounds bounds) {
    LbfgsSettings whole = LbfgsOptimizerTest.settings(bounds);
    LbfgsSettings few = new LbfgsSettings(1, 3, 1, 7, 1e-7, 1e-9, whole.climbLimit(), bounds);
    for (int from = 2; from < STEPS; from++) {
      assertGoesOn(few, from, loss -> loss);
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE, 8", "CLAMPED, 9", "PROJECTED, 9", "PROJECTED, 10"})
  void lbfgs_goes_on_around_a_reset(Bounds bounds, int from) {
    int[] evaluations = {0};
    assertGoesOn(
        LbfgsOptimizerTest.settings(bounds),
        from,
        loss -> {
          // The ninth loss of the whole run, and of the one that is split.
          evaluations[0]++;
          return evaluations[0] % STEPS == 9 ? Double.NaN : loss;
        });
  }

  private static void assertGoesOn(
      LbfgsSettings settings, int from, Function<Double, Double> losses) {
    LbfgsOptimizer whole = new LbfgsOptimizer(settings, start(), 0, 255);
    List<float[]> points = tell(whole, STEPS, losses);
    LbfgsOptimizer first = new LbfgsOptimizer(settings, start(), 0, 255);
    tell(first, from, losses);
    LbfgsOptimizer resumed = new LbfgsOptimizer(settings, copy(first.state()), 0, 255);
    List<float[]> rest = tell(resumed, STEPS - from, losses);
    for (int i = from; i < STEPS; i++) {
      assertThat(rest.get(i - from)).as("step %d from %d", i, from).isEqualTo(points.get(i));
    }
  }

  private static List<float[]> tell(
      LbfgsOptimizer optimizer, int steps, Function<Double, Double> losses) {
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      double[] slope = new double[VALUES];
      double loss = QUADRATIC.evaluate(doubles(optimizer.point()), slope);
      optimizer.tell(losses.apply(loss), PlainObjective.floats(slope));
      points.add(optimizer.point().clone());
    }
    return points;
  }

  private static OptimizerState copy(OptimizerState state) {
    Map<String, float[]> vectors = new HashMap<>();
    state.vectors().forEach((name, vector) -> vectors.put(name, vector.clone()));
    Map<String, double[]> products = new HashMap<>();
    state.products().forEach((name, values) -> products.put(name, values.clone()));
    return new OptimizerState(state.numbers(), products, vectors);
  }

  private static float[] start() {
    float[] start = new float[VALUES];
    Arrays.fill(start, 100);
    return start;
  }

  private static float[] gradient(float[] at) {
    double[] slope = new double[VALUES];
    QUADRATIC.evaluate(doubles(at), slope);
    return PlainObjective.floats(slope);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
