package io.stylegraph.engine;

import io.stylegraph.image.Mask;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import java.util.List;
import java.util.Optional;

/**
 * A style of a run.
 *
 * @param picture at its scale
 * @param weight beside the other styles of a region and layer, zero or more
 * @param mask what of it counts; of any size
 * @param region the name of the one that it paints; absent for all
 * @param layers the style layers that it gives; empty for all
 */
public record StylePicture(
    Picture picture,
    double weight,
    Optional<Mask> mask,
    Optional<String> region,
    List<String> layers) {
  public StylePicture {
    layers = List.copyOf(layers);
  }

  /** The whole picture's style, everywhere. */
  public static StylePicture of(Picture picture) {
    return new StylePicture(picture, 1, Optional.empty(), Optional.empty(), List.of());
  }

  /** Whether it paints a region; without regions there is one without a name. */
  boolean paints(Optional<RegionMask> painted) {
    return region.isEmpty() || painted.filter(it -> it.name().equals(region.get())).isPresent();
  }

  boolean gives(String layer) {
    return layers.isEmpty() || layers.contains(layer);
  }

  StylePicture smaller(double size) {
    int longerSide = Math.max(1, (int) Math.round(picture.size().longerSide() * size));
    return new StylePicture(PictureResizer.fit(picture, longerSide), weight, mask, region, layers);
  }
}
