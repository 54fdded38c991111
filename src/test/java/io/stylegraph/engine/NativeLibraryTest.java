package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
  @Test
  void it_may_be_begun_more_than_once_and_is_there_when_it_is_needed() {
    NativeLibrary.loadAhead();
    NativeLibrary.loadAhead();
    NativeLibrary.load();
    Compute compute = Compute.resolve(new ComputeSettings(Device.CPU, Precision.FP32));
    assertThat(compute.describe()).contains("TensorFlow 2.");
  }
}
