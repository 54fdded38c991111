package io.stylegraph.engine;

import io.stylegraph.backbone.Manifest;
import io.stylegraph.error.NotEnoughMemoryException;
import io.stylegraph.image.PictureSize;
import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.StyleStatistic;
import java.util.List;

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
    List<String> layersUsed = recipe.layersUsed();
    double features = 0;
    double upToDeepest = 0;
    double content = 0;
    double style = 0;
    for (Manifest.Layer layer : manifest.layers()) {
      double ofLayer = layer.channels() / Math.pow(layer.stride(), 2);
      features += ofLayer;
      if (layersUsed.contains(layer.name())) {
        upToDeepest = features;
      }
      if (recipe.contentLayersUsed().contains(layer.name())) {
        content += ofLayer;
      }
      if (recipe.styleLayersUsed().contains(layer.name())) {
        style += ofLayer;
      }
    }
    featureBytesPerPixel = Float.BYTES * upToDeepest;
    contentBytesPerPixel = Float.BYTES * CONTENT * content;
    double moments = recipe.form().statistic() == StyleStatistic.MOMENTS ? MOMENTS : 0;
    styleBytesPerPixel = Float.BYTES * (moments + GUIDED * guidedRegions) * style;
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

  /**
   * Refuses pictures that need more than is available.
   *
   * @throws NotEnoughMemoryException naming the largest size that fits
   */
  public void require(PictureSize picture, PictureSize style, long availableBytes) {
    long needed = bytes(picture, style);
    if (needed > availableBytes) {
      throw new NotEnoughMemoryException(
          "%dx%d picture with a %dx%d style"
              .formatted(picture.width(), picture.height(), style.width(), style.height()),
          needed,
          availableBytes,
          largestSize(picture, style, availableBytes));
    }
  }

  /** The largest bound on both pictures' longer sides that fits; 0 if none does. */
  private int largestSize(PictureSize picture, PictureSize style, long availableBytes) {
    int fits = 0;
    int tooLarge = Math.max(picture.longerSide(), style.longerSide());
    while (tooLarge - fits > 1) {
      int middle = (fits + tooLarge) / 2;
      if (bytes(picture.fit(middle), style.fit(middle)) <= availableBytes) {
        fits = middle;
      } else {
        tooLarge = middle;
      }
    }
    return fits;
  }
}
