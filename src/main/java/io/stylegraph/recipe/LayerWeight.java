package io.stylegraph.recipe;

import static com.google.common.base.Strings.isNullOrEmpty;

import io.stylegraph.error.InvalidSettingException;

/**
 * A layer of the backbone and its share in a term.
 *
 * @param layer the Keras name, as in {@code block1_conv1}
 * @param weight a factor of zero or more on that layer's loss
 */
public record LayerWeight(String layer, double weight) {
  public LayerWeight {
    if (isNullOrEmpty(layer)) {
      throw new InvalidSettingException("layer", "layer () must have a name");
    }
    Settings.notNegative("weight of " + layer, weight);
  }
}
