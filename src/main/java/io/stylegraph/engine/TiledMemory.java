package io.stylegraph.engine;

import io.stylegraph.backbone.Manifest;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.image.PictureSize;
import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.StyleStatistic;

/**
 * What a run in tiles will need, in bytes, for a picture of p pixels in tiles of t: {@code BASE +
 * max(4·STEP·H·t, 4·(STEP·D + TARGETS·E + MOMENTS·S)·p) + (PICTURES + 4·(CUT·K + C + 2·regions))·p}
 * and L-BFGS's vectors. H and D are the numbers of features a pixel of the shallow and of the deep
 * part, which are never held at the same time; K that of what the deep part gets, E and C those of
 * the deep and the shallow content layers, S that of the deep style layers. PICTURES stands for the
 * arrays of the picture's size. A style of q pixels is looked at before. The constants are those of
 * {@link MemoryEstimate}, and fitted to the peaks in {@code docs/tiling.md}.
 */
final class TiledMemory {
  private static final double PICTURES = 250;
  private static final double STYLE_PICTURE = 40;
  private static final double STEP = 1.42;
  private static final double LOOK = 0.6;
  private static final double CUT = 2.5;
  private static final double TARGETS = 4;
  private static final double MOMENTS = 1.1;
  private static final double GUIDED = 1.2;

  private final double ofTile;
  private final double deepBytesPerPixel;
  private final double bytesPerPixel;
  private final double bytesPerStylePixel;

  /**
   * The estimate for a recipe on a backbone.
   *
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   */
  TiledMemory(Manifest manifest, Recipe recipe, int guidedRegions, TilePlan tiles) {
    NetworkCut cut = tiles.cut();
    FeatureCounts shallow = FeatureCounts.of(manifest, recipe, cut.shallowLayers(), 1);
    double upToCut = FeatureCounts.before(manifest, cut);
    FeatureCounts deep = FeatureCounts.of(manifest, recipe, cut.deepLayers(), cut.stride());
    double moments = recipe.form().statistic() == StyleStatistic.MOMENTS ? MOMENTS : 0;
    ofTile = Float.BYTES * STEP * upToCut * tiles.core() * tiles.core();
    deepBytesPerPixel =
        Float.BYTES
            * (STEP * deep.all()
                + TARGETS * deep.content()
                + (moments + GUIDED * guidedRegions) * deep.style());
    double optimizer =
        recipe.optimizer() instanceof LbfgsSettings settings
            ? LbfgsOptimizer.bytes(settings, 3)
            : 0;
    bytesPerPixel =
        PICTURES
            + optimizer
            + Float.BYTES * (CUT * cut.numbersPerPixel() + shallow.content() + 2 * guidedRegions);
    bytesPerStylePixel = STYLE_PICTURE + Float.BYTES * (LOOK * deep.all() + cut.numbersPerPixel());
  }

  /** The estimated peak, in bytes. */
  long bytes(PictureSize picture, PictureSize style) {
    double step =
        Math.max(ofTile, deepBytesPerPixel * picture.pixels()) + bytesPerPixel * picture.pixels();
    return (long) (MemoryEstimate.BASE + Math.max(step, bytesPerStylePixel * style.pixels()));
  }
}
