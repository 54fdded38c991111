package io.stylegraph.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stylegraph.error.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal names the setting, its value and what is allowed. */
class SettingsTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void not_positive(double value) {
    assertThatThrownBy(() -> Settings.positive("rate", value))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("rate (" + value + ") must be positive and finite");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY})
  void negative(double value) {
    assertThatThrownBy(() -> Settings.notNegative("weight", value))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("weight (" + value + ") must be zero or more, and finite");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void no_fraction(double value) {
    assertThatThrownBy(() -> Settings.fraction("beta", value))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("beta (" + value + ") must be at least 0 and below 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void out_of_range(int value) {
    assertThatThrownBy(() -> Settings.inRange("count", value, 3, 7))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("count (" + value + ") must be from 3 to 7");
  }

  @Test
  void what_is_allowed_is_given_back() {
    assertThat(Settings.positive("a", Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
    assertThat(Settings.notNegative("a", 0)).isZero();
    assertThat(Settings.fraction("a", 0)).isZero();
    assertThat(Settings.fraction("a", 0.999)).isEqualTo(0.999);
    assertThat(Settings.inRange("a", 3, 3, 7)).isEqualTo(3);
    assertThat(Settings.inRange("a", 7, 3, 7)).isEqualTo(7);
  }

  @Test
  void choices_are_the_constants_in_lower_case() {
    assertThat(Settings.choice("device", Device.class, "gpu")).isEqualTo(Device.GPU);
    InvalidSettingException refusal =
        catchThrowableOfType(
            InvalidSettingException.class, () -> Settings.choice("device", Device.class, "tpu"));
    assertThat(refusal).hasMessage("device (tpu) is unknown; choose one of: auto, cpu, gpu");
    assertThat(refusal.setting()).isEqualTo("device");
  }

  @Test
  void of_adam() {
    assertThatThrownBy(() -> new AdamSettings(0, .9, .999, 1e-8, true))
        .hasMessageContaining("learningR");
    assertThatThrownBy(() -> new AdamSettings(1, 1, .999, 1e-8, true))
        .hasMessageContaining("beta1 (1.0");
    assertThatThrownBy(() -> new AdamSettings(1, .9, -1, 1e-8, true))
        .hasMessageContaining("beta2 (-1.0");
    assertThatThrownBy(() -> new AdamSettings(1, .9, .999, 0, true))
        .hasMessageContaining("epsilon (0.0");
    AdamSettings adam = new AdamSettings(1, .9, .999, 1e-8, true);
    assertThat(adam.withLearningRate(2)).isEqualTo(new AdamSettings(2, .9, .999, 1e-8, true));
  }

  @Test
  void of_a_layers_weight() {
    assertThatThrownBy(() -> new LayerWeight("", 1)).hasMessage("layer () must have a name");
    assertThatThrownBy(() -> new LayerWeight("conv", -1))
        .hasMessage("weight of conv (-1.0) must be zero or more, and finite");
  }
}
