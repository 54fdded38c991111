package io.stylegraph.recipe;

/**
 * The forms of style and content loss.
 *
 * @param activation which of a convolution's results is compared
 * @param gram what Gram matrices are divided by
 * @param styleDivisor what a layer's style loss is divided by
 * @param contentError how a layer's content loss is formed
 * @param units of the features for which the weights were chosen; on a backbone of other units the
 *     losses are computed as if its features were scaled
 */
public record LossForm(
    Activation activation,
    GramNormaliser gram,
    StyleDivisor styleDivisor,
    ContentError contentError,
    FeatureUnits units) {}
