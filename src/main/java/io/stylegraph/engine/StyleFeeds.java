package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.image.Mask;
import io.stylegraph.recipe.PixelSpace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * What a run is fed for the style term: for each layer and region the average of its styles'
 * statistics, the weights of the picture's features, and the region's share in the loss; closes
 * them.
 *
 * <p>A region's share is the part of the picture that it covers, times the weights of its styles
 * relative to the other regions': pixels of the same weights are pulled as strongly in a small
 * region as in a large one, and as without regions.
 */
final class StyleFeeds implements AutoCloseable {
  private final StyleNetwork network;
  private final PixelSpace pixels;
  private final TransferPictures pictures;
  private final Map<String, TFloat32> feeds = new LinkedHashMap<>();

  /** Of each style, those of one layer after those of the other; until the targets are made. */
  private final List<List<TFloat32>> statistics = new ArrayList<>();

  private StyleFeeds(StyleNetwork network, PixelSpace pixels, TransferPictures pictures) {
    this.network = network;
    this.pixels = pixels;
    this.pictures = pictures;
  }

  /** Looks at the styles. */
  static StyleFeeds of(StyleNetwork network, PixelSpace pixels, TransferPictures pictures) {
    StyleFeeds made = new StyleFeeds(network, pixels, pictures);
    if (network.style().isEmpty()) {
      return made;
    }
    try {
      made.lookAtStyles();
      made.targets();
      made.guides();
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    } finally {
      made.statistics.forEach(StyleFeeds::close);
    }
  }

  /** Gives all of it to a run. */
  Session.Runner feed(Session.Runner runner) {
    feeds.forEach(runner::feed);
    return runner;
  }

  /** What one placeholder is fed, if it is; it belongs to this. */
  Optional<TFloat32> of(String placeholder) {
    return Optional.ofNullable(feeds.get(placeholder));
  }

  @Override
  public void close() {
    close(feeds.values());
  }

  private void lookAtStyles() {
    for (StylePicture style : pictures.styles()) {
      Map<String, TFloat32> guides = styleGuides(style);
      try {
        statistics.add(network.statistics(style.picture(), pixels, guides));
      } finally {
        close(guides.values());
      }
    }
  }

  private Map<String, TFloat32> styleGuides(StylePicture style) {
    if (pictures.guidedRegions() == 0) {
      return Map.of();
    }
    Map<String, FeatureGrid> grids = network.styleGrids(style.picture());
    Map<String, TFloat32> guides = new HashMap<>();
    for (StyleOps ops : network.style()) {
      guides.put(ops.guides().get(0), guide(style.mask(), requireNonNull(grids.get(ops.layer()))));
    }
    return guides;
  }

  private void targets() {
    List<Optional<RegionMask>> painted = pictures.painted();
    for (int region = 0; region < painted.size(); region++) {
      int first = 0;
      for (StyleOps ops : network.style()) {
        List<Double> weights = weights(painted.get(region), style -> style.gives(ops.layer()));
        boolean given = weights.stream().anyMatch(it -> it > 0);
        List<TFloat32> blend =
            blend(ops, first, given ? weights : weights(painted.get(region), style -> true));
        feedTarget(ops, region, blend);
        feeds.put(
            ops.shares().get(region),
            TFloat32.scalarOf(given ? (float) share(painted.get(region)) : 0));
        first += ops.statistic().size();
      }
    }
  }

  private void feedTarget(StyleOps ops, int region, List<TFloat32> blend) {
    List<TFloat32> values = blend;
    if (!ops.made().isEmpty()) {
      values = network.made(ops, blend);
      close(blend);
    }
    for (int i = 0; i < values.size(); i++) {
      feeds.put(ops.targets().get(region).get(i), values.get(i));
    }
  }

  /** The weights of the styles in a region, zero where {@code counts} says no. */
  private List<Double> weights(Optional<RegionMask> region, Predicate<StylePicture> counts) {
    return pictures.styles().stream()
        .map(it -> it.paints(region) && counts.test(it) ? it.weight() : 0)
        .toList();
  }

  /** The average of the styles' statistics from {@code first} on, which are a layer's. */
  private List<TFloat32> blend(StyleOps ops, int first, List<Double> weights) {
    double sum = sum(weights);
    List<TFloat32> blend = new ArrayList<>();
    for (int i = first; i < first + ops.statistic().size(); i++) {
      Shape shape = statistics.get(0).get(i).shape();
      float[] mean = new float[Math.toIntExact(shape.size())];
      for (int style = 0; style < weights.size(); style++) {
        addTo(mean, (float) (weights.get(style) / sum), statistics.get(style).get(i));
      }
      blend.add(Tensors.of(shape, mean));
    }
    return blend;
  }

  private static void addTo(float[] mean, float weight, TFloat32 statistic) {
    if (weight > 0) {
      float[] values = Tensors.floats(statistic);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weight * values[i];
      }
    }
  }

  private double share(Optional<RegionMask> region) {
    if (region.isEmpty()) {
      return 1;
    }
    double all =
        pictures.painted().stream().mapToDouble(it -> sum(weights(it, style -> true))).sum();
    double own = sum(weights(region, style -> true));
    return region.get().mask().share() * own / all * pictures.regions().size();
  }

  private void guides() {
    if (pictures.guidedRegions() == 0) {
      return;
    }
    Map<String, FeatureGrid> grids = network.styleGrids(pictures.content());
    List<Optional<RegionMask>> painted = pictures.painted();
    for (StyleOps ops : network.style()) {
      for (int region = 0; region < painted.size(); region++) {
        feeds.put(
            ops.guides().get(region),
            guide(
                painted.get(region).map(RegionMask::mask), requireNonNull(grids.get(ops.layer()))));
      }
    }
  }

  private static TFloat32 guide(Optional<Mask> mask, FeatureGrid grid) {
    float[] weights = mask.map(it -> Guide.of(it, grid)).orElseGet(() -> Guide.uniform(grid));
    return Tensors.of(Shape.of(weights.length), weights);
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(it -> it).sum();
  }

  private static void close(Collection<TFloat32> tensors) {
    tensors.forEach(TFloat32::close);
  }
}
