package io.stylegraph.engine;

import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.NetworkForm;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import java.util.List;

/**
 * What an objective's graph depends on: recipes of one kind share it, whatever their sizes, weights
 * of the terms and optimisers.
 *
 * @param guidedRegions see {@link TransferPictures#guidedRegions}
 * @param temporal whether it is of a film's frames
 */
record ObjectiveKind(
    LossForm form,
    NetworkForm network,
    PixelSpace pixels,
    List<LayerWeight> styleLayers,
    List<LayerWeight> contentLayers,
    boolean totalVariation,
    int guidedRegions,
    boolean temporal,
    Precision precision) {
  static ObjectiveKind of(Recipe recipe, int guidedRegions, boolean temporal, Precision precision) {
    return new ObjectiveKind(
        recipe.form(),
        recipe.network(),
        recipe.pixels(),
        recipe.styleWeight() > 0 ? recipe.styleLayers() : List.of(),
        recipe.contentWeight() > 0 ? recipe.contentLayers() : List.of(),
        recipe.tvWeight() > 0,
        guidedRegions,
        temporal,
        precision);
  }
}
