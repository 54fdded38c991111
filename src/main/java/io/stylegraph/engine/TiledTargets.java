package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.types.TFloat32;

/** What the shallow content layers are compared with, tile by tile; closes it. */
final class TiledTargets implements AutoCloseable {
  private final List<Map<String, TFloat32>> targets = new ArrayList<>();
  private final Map<String, Double> powers = new HashMap<>();

  /** Goes on with the next tile. */
  void next() {
    targets.add(new HashMap<>());
  }

  /**
   * Takes a layer of the tile.
   *
   * @param features which this closes from now on
   * @param power its part of their mean square
   */
  void add(String layer, TFloat32 features, double power) {
    targets.get(targets.size() - 1).put(layer, features);
    powers.merge(layer, power, Double::sum);
  }

  /** A tile's; it belongs to this. */
  TFloat32 of(int tile, String layer) {
    return requireNonNull(targets.get(tile).get(layer), layer);
  }

  /** The mean square of a layer's. */
  double power(String layer) {
    return powers.getOrDefault(layer, 0.0);
  }

  @Override
  public void close() {
    targets.forEach(it -> it.values().forEach(TFloat32::close));
  }
}
