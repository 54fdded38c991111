package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What the mean squared difference of two Gram matrices of a layer is divided by. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum StyleDivisor {
  /** Nothing. */
  NONE,
  /** c·h·w, beside what the Gram matrix was divided by. */
  ENTRIES,
  /**
   * 4·(h·w)²: with Gram matrices not divided, {@code E = Σ(G-A)² / (4N²M²)} of Gatys et al. (2015).
   */
  PAPER,
  /**
   * The mean square of the target A: {@code Σ(G-A)² / ΣA²}, as {@link ContentError#RELATIVE} does
   * with features. 1 is what a Gram matrix of zero would have, at every layer.
   */
  RELATIVE
}
