package io.stylegraph.engine;

import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.backbone.NetworkCut;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * The two passes over a picture's tiles. The first adds up the statistics of the shallow layers and
 * gathers what the deep part gets; the second takes the gradients there back to the picture. What a
 * tile adds is what its core has: the parts are disjoint, and so the sums are those of the picture,
 * and their gradients' sum is its gradient.
 */
final class TilePasses {
  private final TiledNetwork network;
  private final TileLayout layout;
  private final Guides guides;
  private final int regions;

  /** How much the features of the picture count. */
  interface Guides {
    /** Those of a layer in a region, of sum 1; empty for all alike. */
    Optional<FloatDataBuffer> of(String layer, int region);
  }

  /**
   * Over a picture.
   *
   * @param regions how many are looked at, from the first
   */
  TilePasses(TiledNetwork network, TileLayout layout, Guides guides, int regions) {
    this.network = network;
    this.layout = layout;
    this.guides = guides;
    this.regions = regions;
  }

  TileLayout layout() {
    return layout;
  }

  /**
   * The first pass.
   *
   * @param picture of the pixel space, [1, height, width, 3]
   * @param targets of the content layers; without them they are not compared
   */
  TiledSums look(TFloat32 picture, Optional<TiledTargets> targets) {
    TiledSums sums = new TiledSums(network, layout, regions);
    List<Tile> tiles = network.tile().gradient().isPresent() ? layout.tiles() : List.of();
    try {
      for (int i = 0; i < tiles.size(); i++) {
        Tile tile = tiles.get(i);
        int number = i;
        try (Query query = query(picture, tile)) {
          network.tile().style().forEach(it -> askMeans(query, tile, it));
          targets.ifPresent(it -> askErrors(query, tile, it, number));
          network.tile().cut().ifPresent(it -> query.fetch(List.of(it.features())));
          try (Query.Answer answer = query.run()) {
            add(sums, tile, answer, targets.isPresent());
          }
        }
      }
      return sums;
    } catch (RuntimeException e) {
      sums.close();
      throw e;
    }
  }

  /** Gives the head what the first pass summed up of the style layers. */
  void giveMeans(Query query, TiledSums sums) {
    for (HeadOps.Summed summed : network.head().summed()) {
      FeatureGrid grid = layout.whole(summed.layer());
      query.give(summed.positions(), TFloat32.scalarOf((float) grid.rows() * grid.columns()));
      for (int region = 0; region < regions; region++) {
        feed(query, summed.means().get(region), sums.means(summed.layer(), region));
      }
    }
  }

  /** Likewise of the content layers. */
  void giveErrors(Query query, TiledSums sums, TiledTargets targets) {
    for (HeadOps.SummedContent content : network.head().content()) {
      FeatureGrid grid = layout.whole(content.layer());
      int channels = network.cut().channels(content.layer());
      query.give(content.error(), TFloat32.scalarOf((float) sums.error(content.layer())));
      query.give(content.power(), TFloat32.scalarOf((float) targets.power(content.layer())));
      query.give(
          content.entries(), TFloat32.scalarOf((float) grid.rows() * grid.columns() * channels));
    }
  }

  /** A look at a content picture: what each of its tiles is to be compared with. */
  TiledTargets targets(TFloat32 picture) {
    TiledTargets targets = new TiledTargets();
    if (network.tile().content().isEmpty()) {
      return targets;
    }
    try {
      for (Tile tile : layout.tiles()) {
        targets.next();
        try (Query query = query(picture, tile)) {
          for (TileOps.Content content : network.tile().content()) {
            query.give(content.guide(), weights(tile, content.layer(), Optional.empty()).tensor());
            query.fetch(List.of(content.features(), content.power()));
          }
          try (Query.Answer answer = query.run()) {
            network.tile().content().forEach(it -> keep(targets, tile, it, answer));
          }
        }
      }
      return targets;
    } catch (RuntimeException e) {
      targets.close();
      throw e;
    }
  }

  private void keep(TiledTargets targets, Tile tile, TileOps.Content content, Query.Answer answer) {
    double share = weights(tile, content.layer(), Optional.empty()).share();
    targets.add(
        content.layer(),
        answer.keep(content.features()),
        answer.get(content.power()).getFloat() * share);
  }

  /**
   * The second pass: adds the gradient of all but what is computed of the picture alone.
   *
   * @param picture as in the first
   * @param into [height][width][3]
   */
  void addGradient(
      TFloat32 picture, TiledSums sums, TiledSlopes slopes, TiledTargets targets, float[] into) {
    Optional<String> gradient = network.tile().gradient();
    if (gradient.isEmpty()) {
      return;
    }
    int width = (int) picture.shape().get(2);
    for (int i = 0; i < layout.tiles().size(); i++) {
      Tile tile = layout.tiles().get(i);
      try (Query query = query(picture, tile)) {
        giveSlopes(query, tile, i, sums, slopes, targets);
        query.fetch(List.of(gradient.get()));
        try (Query.Answer answer = query.run()) {
          Windows.add(answer.get(gradient.get()), tile.pixels(), into, width);
        }
      }
    }
  }

  private Query query(TFloat32 picture, Tile tile) {
    Query query = new Query(network.runs());
    Tile.Block pixels = tile.pixels();
    Tile.Block place = new Tile.Block(0, 0, pixels.height(), pixels.width());
    return query.give(network.tile().picture(), Windows.of(picture, pixels, place, place));
  }

  private void askMeans(Query query, Tile tile, TileOps.Style style) {
    for (int region = 0; region < regions; region++) {
      TileOps.Region ops = style.regions().get(region);
      query.give(ops.guide(), weights(tile, style.layer(), region).tensor());
      query.fetch(ops.means());
    }
  }

  private void askErrors(Query query, Tile tile, TiledTargets targets, int number) {
    for (TileOps.Content content : network.tile().content()) {
      query.give(content.guide(), weights(tile, content.layer(), Optional.empty()).tensor());
      query.feed(content.target(), targets.of(number, content.layer()));
      query.fetch(List.of(content.error()));
    }
  }

  private void add(TiledSums sums, Tile tile, Query.Answer answer, boolean compared) {
    for (TileOps.Style style : network.tile().style()) {
      for (int region = 0; region < regions; region++) {
        sums.addMeans(
            style.layer(),
            region,
            style.regions().get(region).means().stream().map(answer::get).toList(),
            weights(tile, style.layer(), region).share());
      }
    }
    if (compared) {
      for (TileOps.Content content : network.tile().content()) {
        sums.addError(
            content.layer(),
            answer.get(content.error()).getFloat()
                * weights(tile, content.layer(), Optional.empty()).share());
      }
    }
    network.tile().cut().ifPresent(it -> sums.addCut(tile, answer.get(it.features())));
  }

  private void giveSlopes(
      Query query,
      Tile tile,
      int number,
      TiledSums sums,
      TiledSlopes slopes,
      TiledTargets targets) {
    for (TileOps.Style style : network.tile().style()) {
      for (int region = 0; region < regions; region++) {
        TileOps.Region ops = style.regions().get(region);
        TileWeights weights = weights(tile, style.layer(), region);
        query.give(ops.guide(), weights.tensor());
        feed(query, ops.wholeMeans(), sums.means(style.layer(), region));
        List<TFloat32> scaled = slopes.style(style.layer(), region, weights.share());
        for (int i = 0; i < scaled.size(); i++) {
          query.give(ops.slopes().get(i), scaled.get(i));
        }
      }
    }
    for (TileOps.Content content : network.tile().content()) {
      TileWeights weights = weights(tile, content.layer(), Optional.empty());
      query.give(content.guide(), weights.tensor());
      query.feed(content.target(), targets.of(number, content.layer()));
      query.give(
          content.slope(),
          TFloat32.scalarOf((float) (slopes.content(content.layer()) * weights.share())));
    }
    network
        .tile()
        .cut()
        .ifPresent(it -> query.give(it.gradient(), deepGradient(tile, slopes.cut())));
  }

  private TFloat32 deepGradient(Tile tile, TFloat32 whole) {
    FeatureGrid grid = layout.whole(NetworkCut.FEATURES);
    return Windows.of(
        whole,
        tile.core(grid),
        tile.coreInside(grid),
        Tile.Block.of(layout.own(tile, NetworkCut.FEATURES)));
  }

  private static void feed(Query query, List<String> names, List<TFloat32> values) {
    for (int i = 0; i < names.size(); i++) {
      query.feed(names.get(i), values.get(i));
    }
  }

  private TileWeights weights(Tile tile, String layer, int region) {
    return weights(tile, layer, guides.of(layer, region));
  }

  private TileWeights weights(Tile tile, String layer, Optional<FloatDataBuffer> guide) {
    return TileWeights.of(tile, layout.whole(layer), layout.own(tile, layer), guide);
  }
}
