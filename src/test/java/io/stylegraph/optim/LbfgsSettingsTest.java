package io.stylegraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.LbfgsSettings.Bounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LbfgsSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | 9    | 5 | 0   | 0    | 2   | learningRate (0.0) must be positive and finite
          NaN | 9    | 5 | 0   | 0    | 2   | learningRate (NaN) must be positive and finite
          1   | 0    | 5 | 0   | 0    | 2   | history (0) must be from 1 to 1000
          1   | 1001 | 5 | 0   | 0    | 2   | history (1001) must be from 1 to 1000
          1   | 9    | 0 | 0   | 0    | 2   | maxIterations (0) must be from 1 to 1000000
          1   | 9    | 5 | -1  | 0    | 2   | toleranceGradient (-1.0) must be zero or more, and finite
          1   | 9    | 5 | 0   | -0.5 | 2   | toleranceChange (-0.5) must be zero or more, and finite
          1   | 9    | 5 | 0   | 0    | 1   | climbLimit (1.0) must be above 1 and finite
          1   | 9    | 5 | 0   | 0    | NaN | climbLimit (NaN) must be above 1 and finite
          """)
  void refusesBadValues(
      double rate,
      int history,
      int iterations,
      double gradient,
      double change,
      double climb,
      String message) {
    assertThatThrownBy(
            () ->
                new LbfgsSettings(
                    rate, history, 1, iterations, gradient, change, climb, Bounds.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAScalingThatTurnsRound() {
    assertThatThrownBy(() -> new LbfgsSettings(1, 9, 0, 5, 0, 0, 2, Bounds.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("scaling (0.0) must be positive and finite");
  }

  @Test
  void changesTheRateAlone() {
    LbfgsSettings settings = new LbfgsSettings(1, 9, 1, 5, 1e-7, 1e-9, 10, Bounds.PROJECTED);
    assertThat(settings.kind()).isEqualTo("lbfgs");
    assertThat(settings.withLearningRate(0.5))
        .isEqualTo(new LbfgsSettings(0.5, 9, 1, 5, 1e-7, 1e-9, 10, Bounds.PROJECTED));
  }
}
