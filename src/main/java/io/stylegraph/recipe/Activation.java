package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Which of a convolution's results is compared. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum Activation {
  /** After ReLU: Keras's layer output. */
  POST,
  /** Before ReLU: the convolution with its bias. */
  PRE
}
