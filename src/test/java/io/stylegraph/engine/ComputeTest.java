package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.error.UnavailableDeviceException;
import io.stylegraph.recipe.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a machine's features make of the precision asked for. */
class ComputeTest {
  @ParameterizedTest
  @CsvSource({
    "AUTO, false, true, AUTO",
    "AUTO, false, false, FP32",
    "AUTO, true, true, AUTO",
    "AUTO, true, false, FP32",
    "FP32, false, true, FP32",
    "FP32, true, true, FP32",
    "BF16, false, true, BF16",
    "BF16, true, true, BF16",
    "BF16, true, false, BF16"
  })
  void auto_is_a_trial_of_bfloat16_where_the_device_has_it(
      Precision asked, boolean gpu, boolean bfloat16, Precision settled) {
    Compute compute = new Compute(gpu, Compute.precision(asked, gpu, () -> bfloat16), 2);
    assertThat(compute.precision()).isEqualTo(settled);
    assertThat(compute.onTrial()).isEqualTo(settled == Precision.AUTO);
    assertThat(compute.bf16()).isEqualTo(settled != Precision.FP32);
  }

  @Test
  void bfloat16_asked_for_is_refused_on_a_cpu_without() {
    assertThatThrownBy(() -> Compute.precision(Precision.BF16, false, () -> false))
        .isInstanceOf(UnavailableDeviceException.class)
        .hasMessageContaining("no bfloat16 instructions")
        .hasMessageContaining("use --precision fp32");
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, 'CPU, bf16 if it agrees with fp32, 2 CPU threads, TensorFlow '",
    "BF16, 'CPU, bf16, 2 CPU threads, TensorFlow '",
    "FP32, 'CPU, fp32, 2 CPU threads, TensorFlow '"
  })
  void the_line_for_a_person_promises_no_more_than_is_known(Precision precision, String line) {
    assertThat(new Compute(false, precision, 2).describe()).startsWith(line);
  }

  @ParameterizedTest
  @CsvSource({
    "'flags\t\t: fpu avx512f avx512_bf16 amx_tile', true",
    "'flags\t\t: fpu avx512f amx_bf16 amx_tile', true",
    "'processor\t: 0\nflags\t\t: fpu avx2 avx512f\n', false",
    "'model name\t: amx_bf16', false",
    "'Features\t: fp asimd bf16 i8mm', false",
    "'', false"
  })
  void flags_of_the_cpu_tell_whether_it_has_bfloat16(String cpuInfo, boolean bfloat16) {
    assertThat(CpuFeatures.bfloat16(cpuInfo)).isEqualTo(bfloat16);
  }

  @ParameterizedTest
  @CsvSource({
    "'8.0\n', true",
    "'9.0\n8.6\n', true",
    "'10.0\n', true",
    "'7.5\n', false",
    "'8.9\n7.5\n', false",
    "'No devices were found\n', false",
    "'[N/A]\n', false",
    "'', false"
  })
  void gpus_have_bfloat16_from_ampere_on(String capabilities, boolean bfloat16) {
    assertThat(NvidiaGpus.bfloat16(capabilities)).isEqualTo(bfloat16);
  }
}
