package io.stylegraph.engine;

import io.stylegraph.image.PictureSize;
import java.util.Optional;

/** Says of a job at one of its sizes whether it is computed in tiles. */
@FunctionalInterface
public interface TileChoice {
  /** Every size at once. */
  TileChoice WHOLE = (content, style) -> Optional.empty();

  /**
   * The tiles.
   *
   * @param content the picture's size
   * @param style the largest style's
   * @return empty for the whole at once
   */
  Optional<TilePlan> tiles(PictureSize content, PictureSize style);

  /** Those of pictures. */
  default Optional<TilePlan> of(TransferPictures pictures) {
    return tiles(pictures.content().size(), pictures.largestStyle());
  }
}
