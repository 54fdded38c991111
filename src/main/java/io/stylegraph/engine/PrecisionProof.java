package io.stylegraph.engine;

import io.stylegraph.progress.Losses;

/**
 * The losses of one picture in both precisions: bfloat16 may stand for float32 where the totals
 * agree within 1 %.
 */
record PrecisionProof(Losses fp32, Losses bf16) {
  private static final double TOLERANCE = 0.01;

  boolean holds() {
    return fp32.isFinite()
        && bf16.isFinite()
        && Math.abs(bf16.total() - fp32.total()) <= TOLERANCE * Math.abs(fp32.total());
  }

  /** Both totals, for a person. */
  String figures() {
    return "its first loss is %.4g, that of fp32 %.4g".formatted(bf16.total(), fp32.total());
  }
}
