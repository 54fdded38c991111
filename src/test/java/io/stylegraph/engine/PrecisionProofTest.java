package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.progress.Losses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When bfloat16 may stand for float32. */
class PrecisionProofTest {
  @ParameterizedTest
  @CsvSource({
    "404111296, 404111296, true",
    "404111296, 408000000, true",
    "404111296, 400200000, true",
    "404111296, 408300000, false",
    "404111296, 399900000, false",
    "0, 0, true",
    "0, 1e-6, false",
    "404111296, NaN, false",
    "404111296, Infinity, false",
    "NaN, 404111296, false",
    "NaN, NaN, false",
    "Infinity, Infinity, false",
    "Infinity, 404111296, false"
  })
  void totals_may_differ_by_one_percent(double fp32, double bf16, boolean holds) {
    assertThat(proof(fp32, bf16).holds()).isEqualTo(holds);
  }

  @Test
  void both_totals_are_named() {
    assertThat(proof(404111296, 412345678).figures())
        .isEqualTo("its first loss is 4.123e+08, that of fp32 4.041e+08");
  }

  private static PrecisionProof proof(double fp32, double bf16) {
    return new PrecisionProof(new Losses(fp32, 0, fp32, 0), new Losses(bf16, 0, bf16, 0));
  }
}
