package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** White noise as a first picture: each value of each channel is drawn by itself. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum Noise {
  /** Uniform over 0-255. */
  UNIFORM,
  /**
   * Standard normal in the recipe's pixel space, as {@code torch.randn} of the PyTorch tutorials.
   * Values may lie outside of 0-255; where the optimiser keeps bounds they are clamped.
   */
  NORMAL
}
