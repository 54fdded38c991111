package io.stylegraph.recipe;

/** The picture that the first step sees. */
public enum Start {
  /** The content picture. */
  CONTENT,
  /** White noise, uniform over 0-255 in each channel, from the request's seed. */
  NOISE,
  /** The style picture, resized to the content's size. */
  STYLE,
  /** A picture given with the request, resized to the content's size. */
  PICTURE
}
