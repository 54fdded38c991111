package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.image.PictureSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tiles of a picture, and where the features of the shallow layers lie in them. */
final class TileLayout {
  private final NetworkCut cut;
  private final List<Tile> tiles = new ArrayList<>();
  private final Map<String, FeatureGrid> whole;

  /** By a tile's size, of which there are few. */
  private final Map<PictureSize, Map<String, FeatureGrid>> own = new HashMap<>();

  /**
   * Lays out a picture.
   *
   * @param core the longest side of a tile's core, in pixels
   */
  TileLayout(NetworkCut cut, PictureSize size, int core) {
    this.cut = cut;
    whole = cut.grids(size.width(), size.height());
    for (TileSpan rows : TileSpan.of(size.height(), core, cut)) {
      for (TileSpan columns : TileSpan.of(size.width(), core, cut)) {
        tiles.add(new Tile(rows, columns));
      }
    }
  }

  /** From the top left, row by row. */
  List<Tile> tiles() {
    return tiles;
  }

  /** A layer's features in the picture. */
  FeatureGrid whole(String layer) {
    return requireNonNull(whole.get(layer), layer);
  }

  /** A layer's features in a tile. */
  FeatureGrid own(Tile tile, String layer) {
    return requireNonNull(
        own.computeIfAbsent(
                new PictureSize(tile.width(), tile.height()),
                size -> cut.grids(size.width(), size.height()))
            .get(layer),
        layer);
  }
}
