package io.stylegraph.engine;

import io.stylegraph.backbone.FeatureGrid;

/** A part of a picture. */
record Tile(TileSpan rows, TileSpan columns) {
  int height() {
    return rows.length();
  }

  int width() {
    return columns.length();
  }

  /** Its pixels, those around the core with them. */
  Block pixels() {
    return new Block(rows.start(), columns.start(), height(), width());
  }

  /**
   * Where a layer's features that the core has lie among all of them.
   *
   * @param whole those of the picture
   */
  Block core(FeatureGrid whole) {
    int stride = whole.stride();
    int top = rows.first(stride, whole.rows());
    int left = columns.first(stride, whole.columns());
    return new Block(
        top,
        left,
        rows.behind(stride, whole.rows()) - top,
        columns.behind(stride, whole.columns()) - left);
  }

  /** The same features among those of the tile. */
  Block coreInside(FeatureGrid whole) {
    int stride = whole.stride();
    Block core = core(whole);
    return new Block(
        core.top() - rows.offset(stride),
        core.left() - columns.offset(stride),
        core.height(),
        core.width());
  }

  /** A rectangle of features or pixels. */
  record Block(int top, int left, int height, int width) {
    /** From the top left. */
    static Block of(FeatureGrid grid) {
      return new Block(0, 0, grid.rows(), grid.columns());
    }

    int size() {
      return height * width;
    }
  }
}
