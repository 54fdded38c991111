package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.backbone.NetworkCut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** What the first pass over a picture's tiles finds; closes it. */
final class TiledSums implements AutoCloseable {
  private final Map<String, List<TileMeans>> means = new HashMap<>();
  private final Map<String, Double> errors = new HashMap<>();
  private final Map<TileMeans, List<TFloat32>> made = new HashMap<>();
  private final Optional<FeatureGrid> grid;
  private final @Nullable TFloat32 cut;

  /** Of no tiles yet. */
  TiledSums(TiledNetwork network, TileLayout layout, int regions) {
    for (TileOps.Style style : network.tile().style()) {
      List<TileMeans> all = new ArrayList<>();
      for (int region = 0; region < regions; region++) {
        all.add(new TileMeans());
      }
      means.put(style.layer(), all);
    }
    grid = network.tile().cut().map(it -> layout.whole(NetworkCut.FEATURES));
    cut =
        grid.map(
                it ->
                    TFloat32.tensorOf(
                        Shape.of(
                            1,
                            it.rows(),
                            it.columns(),
                            network.cut().channels(NetworkCut.FEATURES))))
            .orElse(null);
  }

  void addMeans(String layer, int region, List<TFloat32> values, double share) {
    requireNonNull(means.get(layer)).get(region).add(values, share);
  }

  void addError(String layer, double error) {
    errors.merge(layer, error, Double::sum);
  }

  /** Takes what the core has of what the deep part gets. */
  void addCut(Tile tile, TFloat32 features) {
    FeatureGrid whole = grid.orElseThrow();
    Windows.copy(features, tile.coreInside(whole), cut(), tile.core(whole));
  }

  /** See {@link TileOps.Region}; they belong to this. */
  List<TFloat32> means(String layer, int region) {
    return made.computeIfAbsent(requireNonNull(means.get(layer)).get(region), TileMeans::tensors);
  }

  /** The mean squared difference from the target. */
  double error(String layer) {
    return errors.getOrDefault(layer, 0.0);
  }

  /** What the deep part gets; it belongs to this. */
  TFloat32 cut() {
    return requireNonNull(cut);
  }

  @Override
  public void close() {
    made.values().forEach(it -> it.forEach(TFloat32::close));
    if (cut != null) {
      cut.close();
    }
  }
}
