package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How total variation is formed of the differences between neighbouring pixels. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum VariationForm {
  /** The sum of their absolute values, in both directions: {@code tf.image.total_variation}. */
  ABSOLUTE,
  /** The mean of their squares, over the eight neighbours. */
  SQUARED
}
