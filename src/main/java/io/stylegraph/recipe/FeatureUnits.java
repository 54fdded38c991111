package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** The input that a VGG's features are computed of, which sets their size. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum FeatureUnits {
  /** BGR in 0-255 less its mean. */
  KERAS,
  /** RGB in 0-1 less its mean, divided by its standard deviation. */
  TORCH;

  /** 255 times the mean of ImageNet's standard deviations: a Keras feature for each of torch's. */
  private static final double KERAS_PER_TORCH = 255 * 0.226;

  /** What features of {@code backbone} are multiplied by to be in these units. */
  public double per(FeatureUnits backbone) {
    if (this == backbone) {
      return 1;
    }
    return this == TORCH ? 1 / KERAS_PER_TORCH : KERAS_PER_TORCH;
  }
}
