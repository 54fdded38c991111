package io.stylegraph.engine;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.PixelSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** An objective in a session. It keeps nothing of a job and may be used from several threads. */
final class Objective implements StyleNetwork {
  private final Runs runs;
  private final Backbone backbone;
  private final ObjectiveOps ops;

  Objective(Runs runs, Backbone backbone, ObjectiveOps ops) {
    this.runs = runs;
    this.backbone = backbone;
    this.ops = ops;
  }

  /** Does a run when its turn has come. */
  Result run(Session.Runner runner) {
    return runs.run(runner);
  }

  ObjectiveOps ops() {
    return ops;
  }

  /** A run that nothing was asked of yet. */
  Session.Runner runner() {
    return runs.runner();
  }

  @Override
  public List<StyleOps> style() {
    return ops.style();
  }

  @Override
  public Map<String, FeatureGrid> styleGrids(Picture picture) {
    return backbone.featureGrids(
        ops.style().stream().map(StyleOps::layer).toList(), picture.width(), picture.height());
  }

  @Override
  public List<TFloat32> statistics(
      Picture picture, PixelSpace pixels, Map<String, TFloat32> guides) {
    List<String> wanted = ops.style().stream().flatMap(it -> it.statistic().stream()).toList();
    return look(ops.looking(), wanted, picture, pixels, guides);
  }

  @Override
  public List<TFloat32> made(StyleOps style, List<TFloat32> blend) {
    Session.Runner runner = runner();
    for (int i = 0; i < blend.size(); i++) {
      runner.feed(style.blends().get(i), blend.get(i));
    }
    style.made().forEach(runner::fetch);
    return tensors(run(runner), 0);
  }

  /** The targets that {@code losses} take of a content picture, likewise. */
  List<TFloat32> contentTargets(LossOps losses, Picture picture, PixelSpace pixels) {
    return look(losses, losses.kept(), picture, pixels, Map.of());
  }

  private List<TFloat32> look(
      LossOps losses,
      List<String> wanted,
      Picture picture,
      PixelSpace pixels,
      Map<String, TFloat32> feeds) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    try (TFloat32 seen = tensor(losses, picture, pixels);
        ContentFeeds looking = ContentFeeds.looking(losses)) {
      Session.Runner runner = looking.feed(runner().feed(losses.picture(), seen));
      feeds.forEach(runner::feed);
      wanted.forEach(runner::fetch);
      return tensors(run(runner), 0);
    }
  }

  /** A picture as the placeholder of {@code losses} takes it; the caller closes it. */
  TFloat32 tensor(LossOps losses, Picture picture, PixelSpace pixels) {
    boolean inBytes = ops.exact().filter(losses::equals).isPresent();
    return Tensors.of(
        Tensors.shape(picture), inBytes ? picture.rgb() : pixels.fromBytes(picture.rgb()));
  }

  /** Those of a run's results that come after the first few; the caller closes them. */
  static List<TFloat32> tensors(Result result, int from) {
    List<TFloat32> tensors = new ArrayList<>();
    for (int i = from; i < result.size(); i++) {
      tensors.add((TFloat32) result.get(i));
    }
    return tensors;
  }
}
