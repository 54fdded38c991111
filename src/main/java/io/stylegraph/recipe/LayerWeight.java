package io.stylegraph.recipe;

import static com.google.common.base.Strings.isNullOrEmpty;

import com.google.common.base.Splitter;
import com.google.common.primitives.Doubles;
import io.stylegraph.error.InvalidSettingException;
import java.util.List;

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

  /**
   * Reads a list as in {@code block1_conv1:0.5,block3_conv1}; a layer without a weight weighs 1.
   *
   * @param setting what messages call the list
   * @throws InvalidSettingException if a weight is no number of zero or more
   */
  public static List<LayerWeight> parse(String setting, String list) {
    if (list.isBlank()) {
      return List.of();
    }
    return Splitter.on(',').trimResults().splitToStream(list).map(it -> one(setting, it)).toList();
  }

  /** The layers with another weight for one of them. */
  static List<LayerWeight> withWeight(
      String term, String recipe, List<LayerWeight> layers, String layer, double weight) {
    List<String> names = layers.stream().map(LayerWeight::layer).toList();
    if (!names.contains(layer)) {
      throw absent(term, recipe, names, layer);
    }
    return layers.stream()
        .map(it -> it.layer().equals(layer) ? new LayerWeight(layer, weight) : it)
        .toList();
  }

  /** The refusal of a layer that is none of the recipe's. */
  static InvalidSettingException absent(
      String term, String recipe, List<String> layers, String layer) {
    return new InvalidSettingException(
        term + "Layers",
        "%s is no %s layer of %s; its %s layers: %s"
            .formatted(
                layer, term, recipe, term, layers.isEmpty() ? "none" : String.join(", ", layers)));
  }

  private static LayerWeight one(String setting, String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return new LayerWeight(text, 1);
    }
    Double weight = Doubles.tryParse(text.substring(colon + 1));
    if (weight == null) {
      throw new InvalidSettingException(
          setting,
          "%s (%s) must be LAYER or LAYER:WEIGHT, as in block1_conv1:0.5".formatted(setting, text));
    }
    return new LayerWeight(text.substring(0, colon), weight);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return layer + ":" + weight;
  }
}
