package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How a layer's squared differences become its content loss. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum ContentError {
  /** Their mean. */
  MEAN,
  /** Half their sum: Gatys et al. (2015). */
  HALF_SUM
}
