package io.stylegraph.recipe;

import io.stylegraph.error.InvalidSettingException;

/**
 * The forms of style and content loss.
 *
 * @param activation which of a convolution's results is compared
 * @param statistic what of a style layer is compared
 * @param gram what Gram matrices are divided by, where they are compared
 * @param styleDivisor what a layer's style loss is divided by; of {@link StyleStatistic#MOMENTS}
 *     nothing, or the target's mean square
 * @param contentError how a layer's content loss is formed
 * @param variation how total variation is formed
 * @param units of the features for which the weights were chosen; on a backbone of other units the
 *     losses are computed as if its features were scaled
 */
public record LossForm(
    Activation activation,
    StyleStatistic statistic,
    GramNormaliser gram,
    StyleDivisor styleDivisor,
    ContentError contentError,
    VariationForm variation,
    FeatureUnits units) {
  public LossForm {
    if (statistic == StyleStatistic.MOMENTS
        && styleDivisor != StyleDivisor.NONE
        && styleDivisor != StyleDivisor.RELATIVE) {
      throw new InvalidSettingException(
          "styleDivisor",
          "styleDivisor (%s) is of Gram matrices; with the statistic moments choose none or relative"
              .formatted(Settings.word(styleDivisor)));
    }
  }
}
