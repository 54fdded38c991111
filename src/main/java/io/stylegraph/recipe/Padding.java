package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What the network's first convolution sees beyond the picture's edge. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum Padding {
  /** Zeros: as the network was trained. Of a picture less its mean, they are a frame of grey. */
  ZERO,
  /** The pixel at the edge, again: no frame. */
  REPLICATE
}
