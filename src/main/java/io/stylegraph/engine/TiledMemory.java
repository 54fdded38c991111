package io.stylegraph.engine;

import io.stylegraph.backbone.Manifest;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.image.PictureSize;
import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.StyleStatistic;

/**
 * What a run in tiles will need, in bytes: {@code BASE + TILE·t + max((PICTURES + 4·(DEEP·D + 2·K +
 * C + MOMENTS·S) + G)·p + L-BFGS's vectors, ...)}, for a picture of p pixels and tiles of t. D is
 * the number of features a pixel of the deep part's layers, K that of what it gets, C and S those
 * of the content and style layers among them; G the guides' bytes. PICTURES stands for all arrays
 * of the picture's size. A style of q pixels is looked at before and takes {@code 4·(LOOK·D + K)}.
 * The constants are fitted to the peaks in {@code docs/tiling.md}, upwards.
 */
final class TiledMemory {
  private static final double PICTURES = 150;
  private static final double STYLE_PICTURE = 40;
  private static final double DEEP = 1.42;
  private static final double LOOK = 0.6;
  private static final double CUT = 2.5;
  private static final double DEEP_CONTENT = 4;
  private static final double MOMENTS = 1.1;
  private static final double GUIDED = 1.2;
  private static final double TILE = 2400;

  private final double fixed;
  private final double bytesPerPixel;
  private final double bytesPerStylePixel;
  private final double optimizer;

  /**
   * The estimate for a recipe on a backbone.
   *
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   */
  TiledMemory(Manifest manifest, Recipe recipe, int guidedRegions, TilePlan tiles) {
    NetworkCut cut = tiles.cut();
    FeatureCounts deep = FeatureCounts.of(manifest, recipe, cut.deepLayers(), cut.stride());
    double shallowContent = FeatureCounts.of(manifest, recipe, cut.shallowLayers(), 1).content();
    double moments = recipe.form().statistic() == StyleStatistic.MOMENTS ? MOMENTS : 0;
    fixed = MemoryEstimate.BASE + TILE * tiles.core() * tiles.core();
    bytesPerPixel =
        PICTURES
            + Float.BYTES
                * (DEEP * deep.all()
                    + CUT * cut.numbersPerPixel()
                    + DEEP_CONTENT * deep.content()
                    + shallowContent
                    + (moments + GUIDED * guidedRegions) * deep.style()
                    + 2 * guidedRegions);
    bytesPerStylePixel = STYLE_PICTURE + Float.BYTES * (LOOK * deep.all() + cut.numbersPerPixel());
    optimizer =
        recipe.optimizer() instanceof LbfgsSettings settings
            ? LbfgsOptimizer.bytes(settings, 3)
            : 0;
  }

  /** The estimated peak, in bytes. */
  long bytes(PictureSize picture, PictureSize style) {
    return (long)
        (fixed
            + Math.max(
                (bytesPerPixel + optimizer) * picture.pixels(),
                bytesPerStylePixel * style.pixels()));
  }
}
