package io.stylegraph.engine;

import io.stylegraph.backbone.Manifest;
import io.stylegraph.image.PictureSize;
import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.StyleStatistic;

/**
 * What a run will need, in bytes: {@code BASE + 4·max(STEP·F·p, LOOK·F·q) + 4·CONTENT·C·p +
 * 4·(MOMENTS + GUIDED·regions)·S·p + L-BFGS's vectors}, for a picture of p pixels and a style
 * picture of q. F is the number of features a pixel: {@code Σ channels / stride²} over the
 * backbone's layers up to the deepest one used; C is that of the content layers alone, S that of
 * the style layers. STEP stands for the features kept for the gradient, the gradients themselves,
 * and the gaps that TensorFlow's allocator leaves; CONTENT for the targets and their replacement on
 * the first step; LOOK for the features of the one look at the style; MOMENTS for the centred
 * features where moments are compared, GUIDED for the weighted ones of each region. The constants
 * are fitted to the peaks in {@code docs/memory.md}, upwards.
 */
public final class MemoryEstimate {
  /** The JVM, TensorFlow's library and the weights, in bytes: once for runs at the same time. */
  public static final long BASE = 650_000_000;

  private static final double STEP = 1.42;
  private static final double LOOK = 0.6;
  private static final double CONTENT = 4;
  private static final double MOMENTS = 1.1;
  private static final double GUIDED = 1.2;

  private final double featureBytesPerPixel;
  private final double contentBytesPerPixel;
  private final double styleBytesPerPixel;
  private final long optimizerBytesPerPixel;

  /**
   * The estimate for a recipe on a backbone.
   *
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   */
  public MemoryEstimate(Manifest manifest, Recipe recipe, int guidedRegions) {
    FeatureCounts counts = FeatureCounts.of(manifest, recipe, recipe.layersUsed(), 1);
    featureBytesPerPixel = Float.BYTES * counts.all();
    contentBytesPerPixel = Float.BYTES * CONTENT * counts.content();
    double moments = recipe.form().statistic() == StyleStatistic.MOMENTS ? MOMENTS : 0;
    styleBytesPerPixel = Float.BYTES * (moments + GUIDED * guidedRegions) * counts.style();
    optimizerBytesPerPixel =
        recipe.optimizer() instanceof LbfgsSettings settings
            ? LbfgsOptimizer.bytes(settings, 3)
            : 0;
  }

  /** The estimated peak, in bytes. */
  public long bytes(PictureSize picture, PictureSize style) {
    double features = Math.max(STEP * picture.pixels(), LOOK * style.pixels());
    return (long)
        (BASE
            + featureBytesPerPixel * features
            + (contentBytesPerPixel + styleBytesPerPixel + optimizerBytesPerPixel)
                * picture.pixels());
  }
}
