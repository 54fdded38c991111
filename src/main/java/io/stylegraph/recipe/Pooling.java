package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What the network's max pools are replaced by. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum Pooling {
  /** Nothing: as the network was trained. */
  MAX(1),
  /** The window's mean: Gatys et al. (2015) found its pictures better. */
  AVERAGE(2),
  /** The root of the sum of the window's squares. */
  L2(0.78);

  private final double rescale;

  Pooling(double rescale) {
    this.rescale = rescale;
  }

  /**
   * What the pooled features are multiplied by, so that the layers after them see about the size
   * that max pooling gives: crowsonkb's style-transfer-pytorch.
   */
  public double rescale() {
    return rescale;
  }
}
