package io.stylegraph.recipe;

/** The numbers that a run computes with. The picture and its losses are always float32. */
public enum Precision {
  /** float32. */
  AUTO,
  /** float32 throughout. */
  FP32,
  /** bfloat16 in convolutions and matrix products; refused where the CPU has none. */
  BF16
}
