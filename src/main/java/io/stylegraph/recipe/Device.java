package io.stylegraph.recipe;

/** Where a run computes. */
public enum Device {
  /** A GPU where TensorFlow sees one, else the CPU. */
  AUTO,
  CPU,
  /** A GPU; refused where TensorFlow sees none. */
  GPU
}
