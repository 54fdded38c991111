package io.stylegraph.engine;

import com.google.common.base.Suppliers;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.NotEnoughMemoryException;
import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Tiling;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How a job of any size computes within the memory that is free, and what it needs of it. */
public final class MemoryPlan {
  /** Of the sizes that were tried the quickest, see {@code docs/tiling.md}. */
  private static final int USUAL_CORE = 1024;

  private final Tiling tiling;
  private final MemoryEstimate whole;

  /** From the shallowest cut, which computes the least twice and needs the most memory. */
  private final Supplier<List<Choice>> tiled;

  private record Choice(TilePlan plan, TiledMemory memory) {}

  /**
   * The plan for a recipe on a backbone.
   *
   * @param guidedRegions see {@link TransferPictures#guidedRegions}
   */
  public MemoryPlan(Backbone backbone, Recipe recipe, int guidedRegions, Tiling tiling) {
    this(
        backbone.manifest(),
        () -> backbone.cuts(recipe.network(), recipe.layersUsed(), recipe.form().activation()),
        recipe,
        guidedRegions,
        tiling);
  }

  /** As above, for a network that may be cut so. */
  MemoryPlan(
      Manifest manifest,
      Supplier<List<NetworkCut>> cuts,
      Recipe recipe,
      int guidedRegions,
      Tiling tiling) {
    this.tiling = tiling;
    whole = new MemoryEstimate(manifest, recipe, guidedRegions);
    int core = tiling.mode() == Tiling.Mode.ALWAYS ? tiling.core() : USUAL_CORE;
    tiled =
        Suppliers.memoize(
            () ->
                cuts.get().stream()
                    .map(cut -> new TilePlan(cut, core))
                    .map(it -> new Choice(it, new TiledMemory(manifest, recipe, guidedRegions, it)))
                    .toList());
  }

  /**
   * The tiles that a picture is computed in.
   *
   * @param style the largest one
   * @param availableBytes what the job may take
   * @return empty for the whole at once
   * @throws InvalidSettingException if tiles are asked for and the network cannot be cut
   */
  public Optional<TilePlan> tiles(PictureSize picture, PictureSize style, long availableBytes) {
    return choice(picture, style, availableBytes).map(Choice::plan);
  }

  /** The estimated peak, in bytes, of what {@link #tiles} chooses. */
  public long bytes(PictureSize picture, PictureSize style, long availableBytes) {
    return choice(picture, style, availableBytes)
        .map(it -> it.memory().bytes(picture, style))
        .orElseGet(() -> whole.bytes(picture, style));
  }

  private Optional<Choice> choice(PictureSize picture, PictureSize style, long availableBytes) {
    boolean wanted =
        switch (tiling.mode()) {
          case OFF -> false;
          case ALWAYS -> picture.longerSide() > tiling.core();
          case AUTO -> whole.bytes(picture, style) > availableBytes;
        };
    if (!wanted) {
      return Optional.empty();
    }
    if (tiled.get().isEmpty() && tiling.mode() == Tiling.Mode.ALWAYS) {
      throw new InvalidSettingException(
          "tile",
          "this network sees all of a picture from its first layers on, so that it cannot be"
              + " computed in tiles; use --tile off");
    }
    return tiled.get().stream()
        .filter(it -> it.memory().bytes(picture, style) <= availableBytes)
        .findFirst()
        .or(() -> least(picture, style));
  }

  /** The one that needs the least, if it is less than the whole at once. */
  private Optional<Choice> least(PictureSize picture, PictureSize style) {
    return tiled.get().stream()
        .min(Comparator.comparingLong(it -> it.memory().bytes(picture, style)))
        .filter(
            it ->
                tiling.mode() == Tiling.Mode.ALWAYS
                    || it.memory().bytes(picture, style) < whole.bytes(picture, style));
  }

  /**
   * Refuses pictures that need more than is available.
   *
   * @throws NotEnoughMemoryException naming the largest size that fits
   */
  public void require(PictureSize picture, PictureSize style, long availableBytes) {
    long needed = bytes(picture, style, availableBytes);
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
      if (bytes(picture.fit(middle), style.fit(middle), availableBytes) <= availableBytes) {
        fits = middle;
      } else {
        tooLarge = middle;
      }
    }
    return fits;
  }
}
