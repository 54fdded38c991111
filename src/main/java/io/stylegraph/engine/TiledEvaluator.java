package io.stylegraph.engine;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/** An objective whose shallow part is computed in tiles. */
final class TiledEvaluator implements Evaluator {
  private static final int CONTENT = 1;
  private static final int STYLE = 2;
  private static final int VARIATION = 3;

  private final TiledNetwork network;
  private final Recipe recipe;
  private final TransferPictures pictures;
  private final Supplier<Evaluator> small;
  private final Runnable release;
  private final TermScalars weights;
  private final StyleFeeds styleFeeds;
  private final TilePasses passes;
  private TiledTargets targets = new TiledTargets();
  private ContentFeeds deepTargets;

  /**
   * Looks at the pictures.
   *
   * @param styles looks at the style pictures
   * @param small opens the whole objective of smaller pictures, to prove a precision on
   * @param release runs when this is closed
   */
  TiledEvaluator(
      TiledStyles styles,
      Recipe recipe,
      TransferPictures pictures,
      Supplier<Evaluator> small,
      Runnable release) {
    this.small = small;
    network = styles.stepping();
    this.recipe = recipe;
    this.pictures = pictures;
    this.release = release;
    weights = new TermScalars(recipe);
    deepTargets = ContentFeeds.looking(network.head().losses());
    styleFeeds = StyleFeeds.of(styles, recipe.pixels(), pictures);
    passes =
        new TilePasses(
            network,
            new TileLayout(network.cut(), pictures.content().size(), styles.core()),
            this::guide,
            pictures.painted().size());
    try {
      lookAtContent();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Optional<FloatDataBuffer> guide(String layer, int region) {
    return network.head().style().stream()
        .filter(it -> it.layer().equals(layer) && !it.guides().isEmpty())
        .findFirst()
        .flatMap(it -> styleFeeds.of(it.guides().get(region)))
        .map(it -> it.asRawTensor().data().asFloats());
  }

  @Override
  public Losses evaluate(TFloat32 picture, float @Nullable [] gradient) {
    HeadOps head = network.head();
    List<String> losses = head.losses().losses();
    // First, while nothing else is held: it takes much for a moment.
    float variation = variation(picture, gradient);
    try (TiledSums sums = passes.look(picture, Optional.of(targets));
        Query query = headQuery(sums)) {
      query.fetch(List.of(losses.get(CONTENT), losses.get(STYLE)));
      if (gradient != null) {
        askSlopes(query);
      }
      try (Query.Answer answer = query.run()) {
        if (gradient != null) {
          passes.addGradient(picture, sums, new TiledSlopes(answer, head), targets, gradient);
        }
        float content = answer.get(losses.get(CONTENT)).getFloat();
        float style = answer.get(losses.get(STYLE)).getFloat();
        // In the order and the precision of the whole objective.
        return new Losses(style + content + variation, content, style, variation);
      }
    }
  }

  private Query headQuery(TiledSums sums) {
    Query query = new Query(network.runs());
    network.head().cut().ifPresent(it -> query.feed(it.features(), sums.cut()));
    passes.giveMeans(query, sums);
    passes.giveErrors(query, sums, targets);
    styleFeeds.feed(query.runner());
    deepTargets.feed(query.runner());
    weights.feed(query.runner(), network.head().weights());
    return query;
  }

  private void askSlopes(Query query) {
    HeadOps head = network.head();
    head.summed().forEach(it -> it.slopes().forEach(query::fetch));
    head.content().forEach(it -> query.fetch(List.of(it.slope())));
    head.cut().ifPresent(it -> query.fetch(List.of(it.gradient())));
  }

  /** The total variation, whose gradient the gradient begins with. */
  private float variation(TFloat32 picture, float @Nullable [] gradient) {
    if (gradient != null) {
      Arrays.fill(gradient, 0);
    }
    if (recipe.tvWeight() == 0) {
      return 0;
    }
    HeadOps head = network.head();
    String loss = head.losses().losses().get(VARIATION);
    String slope = head.gradient().orElseThrow();
    try (Query query = new Query(network.runs())) {
      query.feed(head.losses().picture(), picture);
      weights.feed(query.runner(), head.weights());
      query.fetch(gradient == null ? List.of(loss) : List.of(loss, slope));
      try (Query.Answer answer = query.run()) {
        if (gradient != null) {
          Tensors.read(answer.get(slope), gradient);
        }
        return answer.get(loss).getFloat();
      }
    }
  }

  @Override
  public boolean isLooking() {
    return false;
  }

  @Override
  public void lookAtContent() {
    targets.close();
    deepTargets.close();
    LossOps losses = network.head().losses();
    try (TFloat32 seen =
        Tensors.of(
            Tensors.shape(pictures.content()),
            recipe.pixels().fromBytes(pictures.content().rgb()))) {
      targets = passes.targets(seen);
      deepTargets = ContentFeeds.looking(losses);
      if (!losses.kept().isEmpty()) {
        lookDeep(seen, losses);
      }
    }
  }

  private void lookDeep(TFloat32 seen, LossOps losses) {
    try (TiledSums sums = passes.look(seen, Optional.empty());
        Query query = new Query(network.runs())) {
      query.feed(network.head().cut().orElseThrow().features(), sums.cut());
      deepTargets.feed(query.runner());
      try (Query.Answer answer = query.fetch(losses.kept()).run()) {
        List<TFloat32> kept = losses.kept().stream().map(answer::keep).toList();
        deepTargets.close();
        deepTargets = ContentFeeds.of(losses, kept);
      }
    }
  }

  @Override
  public void follow(TransferPictures frame) {
    throw new UnsupportedOperationException("films are painted whole");
  }

  @Override
  public float[] features(String layer, TFloat32 picture) {
    throw new InvalidSettingException(
        "tile", "the features of %s are not there in one piece; use --tile off".formatted(layer));
  }

  @Override
  public PrecisionProof prove() {
    try (Evaluator whole = small.get()) {
      return whole.prove();
    }
  }

  @Override
  public void close() {
    targets.close();
    deepTargets.close();
    styleFeeds.close();
    weights.close();
    release.run();
  }
}
