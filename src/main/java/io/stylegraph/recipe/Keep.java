package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Which picture is the result of a run that was not cut short. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum Keep {
  /** That of the lowest total. */
  BEST,
  /** That of the last update. */
  LAST,
  /** The average of the pictures after each update, the recent ones weighing most. */
  AVERAGE
}
