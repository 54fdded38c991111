package io.stylegraph;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A style of a job. {@link #of} gives every choice its default; the {@code with} methods change
 * one.
 *
 * @param picture whose style it is
 * @param weight its share beside the other styles of its region and layer, zero or more; only the
 *     ratios of weights count
 * @param scale what its sides are multiplied by after the job's size has bounded them, 0.01 to 16:
 *     larger makes its strokes and shapes larger in the result
 * @param mask what of the picture counts: white does, black does not, grey in part; of any size
 * @param region the name of the job's {@link Region} that it paints; absent for all of them, or the
 *     whole picture where the job has none
 * @param layers those of the recipe's style layers that it gives: deep ones the coarse structure,
 *     shallow ones the fine strokes; empty for all
 */
public record StyleSource(
    PictureSource picture,
    double weight,
    double scale,
    Optional<PictureSource> mask,
    Optional<String> region,
    List<String> layers) {
  private static final double SMALLEST_SCALE = 0.01;
  private static final double LARGEST_SCALE = 16;

  public StyleSource {
    Settings.notNegative("weight of style " + picture.label(), weight);
    if (!(scale >= SMALLEST_SCALE && scale <= LARGEST_SCALE)) {
      throw new InvalidSettingException(
          "scale",
          "scale (%s) of style %s must be from %s to %s"
              .formatted(scale, picture.label(), SMALLEST_SCALE, LARGEST_SCALE));
    }
    layers = List.copyOf(layers);
  }

  /** The whole picture's style, everywhere, at its own scale. */
  public static StyleSource of(PictureSource picture) {
    return new StyleSource(picture, 1, 1, Optional.empty(), Optional.empty(), List.of());
  }

  /** The same with another weight. */
  public StyleSource withWeight(double weight) {
    return new StyleSource(picture, weight, scale, mask, region, layers);
  }

  /** The same at another scale. */
  public StyleSource withScale(double scale) {
    return new StyleSource(picture, weight, scale, mask, region, layers);
  }

  /** The same, of which only what the mask shows counts. */
  public StyleSource withMask(PictureSource mask) {
    return new StyleSource(picture, weight, scale, Optional.of(mask), region, layers);
  }

  /** The same in one region. */
  public StyleSource withRegion(String region) {
    return new StyleSource(picture, weight, scale, mask, Optional.of(region), layers);
  }

  /** The same at some of the style layers. */
  public StyleSource withLayers(List<String> layers) {
    return new StyleSource(picture, weight, scale, mask, region, layers);
  }

  /** Whether it paints the region of that name. */
  boolean paints(String name) {
    return region.isEmpty() || region.get().equals(name);
  }
}
