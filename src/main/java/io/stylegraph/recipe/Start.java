package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** The picture that the first step sees. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum Start {
  /** The content picture. */
  CONTENT,
  /** The content picture in the style picture's colours. */
  RECOLOURED,
  /** White noise of the recipe's {@link Noise}, from the request's seed. */
  NOISE,
  /** The style picture, resized to the content's size. */
  STYLE,
  /** One grey, 127.5. */
  GREY,
  /** Noise of the style picture's mean and covariance of RGB, from the request's seed. */
  STATISTICS,
  /** A picture given with the request, resized to the content's size. */
  PICTURE
}
