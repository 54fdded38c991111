package io.stylegraph.engine;

import io.stylegraph.backbone.Manifest;
import io.stylegraph.error.NotEnoughMemoryException;
import io.stylegraph.optim.LbfgsOptimizer;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.OptimizerSettings;
import io.stylegraph.recipe.Recipe;
import java.util.List;

/**
 * What a run will need: {@code BASE + pixels · FACTOR · 4 · Σ channels / stride²}, in bytes. The
 * sum is over the backbone's layers up to the deepest one used and is the number of features a
 * pixel; FACTOR stands for the features kept for the gradient, the gradients themselves, and the
 * scratch memory of convolutions. Both constants are fitted to the measured peaks in the README,
 * upwards.
 */
public final class MemoryEstimate {
  /** The JVM, TensorFlow's library and the weights. */
  private static final double BASE = 650e6;

  private static final double FACTOR = 2.9;

  private final double bytesPerPixel;

  /** The estimate for a recipe on a backbone. */
  public MemoryEstimate(Manifest manifest, Recipe recipe) {
    List<String> layersUsed = recipe.layersUsed();
    double features = 0;
    double upToDeepest = 0;
    for (Manifest.Layer layer : manifest.layers()) {
      features += layer.channels() / Math.pow(layer.stride(), 2);
      if (layersUsed.contains(layer.name())) {
        upToDeepest = features;
      }
    }
    bytesPerPixel = FACTOR * Float.BYTES * upToDeepest + optimizerBytes(recipe.optimizer());
  }

  /** The estimated peak, in bytes, for a picture of that many pixels. */
  public long bytes(long pixels) {
    return (long) (BASE + pixels * bytesPerPixel);
  }

  /**
   * Refuses a picture that needs more than is available.
   *
   * @throws NotEnoughMemoryException naming the largest size that fits
   */
  public void require(int width, int height, long availableBytes) {
    long needed = bytes((long) width * height);
    if (needed > availableBytes) {
      throw new NotEnoughMemoryException(
          width, height, needed, availableBytes, largestSize(width, height, availableBytes));
    }
  }

  /** What an optimiser outside of the graph keeps for a pixel. */
  private static long optimizerBytes(OptimizerSettings optimizer) {
    return optimizer instanceof LbfgsSettings settings ? LbfgsOptimizer.bytes(settings, 3) : 0;
  }

  /** The longer side of the largest picture of that shape that fits; 0 if none does. */
  private int largestSize(int width, int height, long availableBytes) {
    double scale =
        Math.sqrt(Math.max(0, availableBytes - BASE) / bytesPerPixel / ((double) width * height));
    return (int) (Math.max(width, height) * scale);
  }
}
