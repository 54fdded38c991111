package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How a layer's squared differences become its content loss. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum ContentError {
  /** Their mean. */
  MEAN,
  /** Half their sum: Gatys et al. (2015). */
  HALF_SUM,
  /**
   * Their sum, divided by that of the target's squares: {@code Σ(F-P)² / ΣP²} of Mahendran and
   * Vedaldi (arXiv:1412.0035, section 2). 1 is what features of zero would have, at every layer.
   */
  RELATIVE
}
