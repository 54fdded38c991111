package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What of a style layer's features is compared. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum StyleStatistic {
  /** Their Gram matrix, by the mean squared difference: Gatys et al. (2015). */
  GRAM,
  /**
   * Their mean and covariance, as two normal distributions, by the squared Wasserstein-2 (Bures)
   * distance.
   */
  MOMENTS
}
