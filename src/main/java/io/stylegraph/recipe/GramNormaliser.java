package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What a Gram matrix of c channels and h·w positions is divided by. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum GramNormaliser {
  /** Nothing: Gatys et al. (2015). */
  NONE,
  /** h·w: TensorFlow's tutorials. */
  POSITIONS,
  /** c·h·w: PyTorch's tutorial. */
  ENTRIES
}
