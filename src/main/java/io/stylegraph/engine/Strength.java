package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import java.util.Arrays;

/**
 * The balance of content and style as one number s from 0 to 1. A weight says little by itself,
 * since terms of other layers, forms and networks have other sizes; so each term is measured by its
 * value S or C at a picture that has neither the style nor the content: one grey. The content
 * weight becomes {@code styleWeight · S/C · }{@value #EVEN}{@code · ((1-s)/s)²}. At 0 the style
 * term is left out, at 1 the content term. Style weight and total variation stay the recipe's.
 */
public final class Strength {
  /** What makes 0.5 the balance of the recipe fine, and half that of the published tf-eager. */
  private static final double EVEN = 0.02;

  /** The terms are measured on pictures no larger, in pixels of the longer side. */
  private static final int SIDE = 256;

  private static final float GREY = 127.5f;

  private Strength() {}

  /**
   * The recipe with that balance.
   *
   * @param strength from 0 to 1
   * @param recipe of style and content layers
   */
  public static Recipe apply(
      double strength,
      SharedNetwork network,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures) {
    if (strength == 0) {
      return recipe.toBuilder().styleWeight(0).contentWeight(orOne(recipe.contentWeight())).build();
    }
    Recipe even = recipe.toBuilder().styleWeight(1).contentWeight(1).build();
    network.backbone().require(even.layersUsed());
    Losses losses = atGrey(network, even, compute, pictures);
    double styleWeight = orOne(recipe.styleWeight());
    double ratio = losses.content() == 0 ? 0 : losses.style() / losses.content();
    double contentWeight = styleWeight * ratio * EVEN * Math.pow((1 - strength) / strength, 2);
    return recipe.toBuilder().styleWeight(styleWeight).contentWeight(contentWeight).build();
  }

  private static double orOne(double weight) {
    return weight == 0 ? 1 : weight;
  }

  private static Losses atGrey(
      SharedNetwork network, Recipe recipe, Compute compute, TransferPictures pictures) {
    TransferPictures small =
        pictures.small(SIDE, network.backbone().smallestSide(recipe.layersUsed()));
    Picture content = small.content();
    float[] rgb = new float[3 * content.width() * content.height()];
    Arrays.fill(rgb, GREY);
    TransferPictures grey = small.startingFrom(Picture.of(content.width(), content.height(), rgb));
    try (TransferSession session =
        new TransferSession(network, recipe, compute.with(Precision.FP32), grey)) {
      return session.evaluate();
    }
  }
}
