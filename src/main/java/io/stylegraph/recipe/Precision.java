package io.stylegraph.recipe;

/**
 * The numbers that a run computes with. The picture, the Gram matrices, the losses and their
 * targets are float32 in each; what bfloat16 means is the network between them.
 */
public enum Precision {
  /**
   * bfloat16 where the device multiplies it natively and the first loss agrees with float32 within
   * 1 %, else float32.
   */
  AUTO,
  /** float32 throughout; a GPU of NVIDIA's Ampere or later multiplies it as TF32. */
  FP32,
  /** bfloat16 in the network, without a test; refused on a CPU without it. */
  BF16
}
