package io.stylegraph.recipe;

/**
 * What is changed in the network before it looks at pictures; its weights stay.
 *
 * @param pooling in place of its max pools
 * @param padding at its first convolution
 */
public record NetworkForm(Pooling pooling, Padding padding) {
  /** Nothing. */
  public static final NetworkForm AS_TRAINED = new NetworkForm(Pooling.MAX, Padding.ZERO);
}
