package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Whether the result keeps the content's colours, and how. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum ColourKeeping {
  /** Not at all: it takes the style's. */
  NONE,
  /** After the run: luminance of the result, colour of the content, in linear light. */
  AFTER,
  /** Before: the style's mean and covariance of RGB become the content's, by Cholesky factors. */
  CHOLESKY,
  /** Before: likewise, along the principal axes of each. */
  PCA,
  /** Before: likewise, by the symmetric root, the linear map that moves colours least. */
  SYMMETRIC,
  /** Before: the distribution of each channel of the style becomes the content's. */
  HISTOGRAM
}
