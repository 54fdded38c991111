package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.PixelSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.types.TFloat32;

/**
 * Looks at style pictures in tiles.
 *
 * @param looking the network in float32
 * @param stepping the one that the job's steps see
 * @param core the longest side of a tile's core, in pixels
 */
record TiledStyles(Backbone backbone, TiledNetwork looking, TiledNetwork stepping, int core)
    implements StyleNetwork {
  @Override
  public List<StyleOps> style() {
    return stepping.head().style();
  }

  @Override
  public Map<String, FeatureGrid> styleGrids(Picture picture) {
    return backbone.featureGrids(
        style().stream().map(StyleOps::layer).toList(), picture.width(), picture.height());
  }

  @Override
  public List<TFloat32> statistics(
      Picture picture, PixelSpace pixels, Map<String, TFloat32> guides) {
    Map<String, TFloat32> byLayer = new HashMap<>();
    for (StyleOps ops : style()) {
      ops.guides().stream()
          .findFirst()
          .ifPresent(it -> byLayer.put(ops.layer(), requireNonNull(guides.get(it))));
    }
    TilePasses passes =
        new TilePasses(
            looking,
            new TileLayout(looking.cut(), picture.size(), core),
            (layer, region) ->
                Optional.ofNullable(byLayer.get(layer))
                    .map(it -> it.asRawTensor().data().asFloats()),
            1);
    try (TFloat32 seen = Tensors.of(Tensors.shape(picture), pixels.fromBytes(picture.rgb()));
        TiledSums sums = passes.look(seen, Optional.empty());
        Query query = new Query(looking.runs())) {
      looking.head().cut().ifPresent(it -> query.feed(it.features(), sums.cut()));
      passes.giveMeans(query, sums);
      for (StyleOps ops : looking.head().style()) {
        ops.guides().stream()
            .findFirst()
            .ifPresent(it -> query.feed(it, requireNonNull(byLayer.get(ops.layer()))));
      }
      return all(
          query, looking.head().style().stream().flatMap(it -> it.statistic().stream()).toList());
    }
  }

  @Override
  public List<TFloat32> made(StyleOps style, List<TFloat32> blend) {
    try (Query query = new Query(stepping.runs())) {
      for (int i = 0; i < blend.size(); i++) {
        query.feed(style.blends().get(i), blend.get(i));
      }
      return all(query, style.made());
    }
  }

  private static List<TFloat32> all(Query query, List<String> names) {
    List<TFloat32> kept = new ArrayList<>();
    try (Query.Answer answer = query.fetch(names).run()) {
      names.forEach(it -> kept.add(answer.keep(it)));
    }
    return kept;
  }
}
