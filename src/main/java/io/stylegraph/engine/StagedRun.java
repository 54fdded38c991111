package io.stylegraph.engine;

import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import io.stylegraph.optim.AdamOptimizer;
import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.Recipe;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A run from its first size to its last, with a session of its own for each smaller one. Each
 * begins with the result of the one before, enlarged; the first with the run's start, made smaller.
 * In a pyramid Adam's moments are enlarged with the picture; L-BFGS begins its history anew, since
 * enlarged pairs would tell of a curvature that the larger picture does not have.
 */
final class StagedRun {
  private static final Set<StopReason> GO_ON =
      EnumSet.of(StopReason.COMPLETED, StopReason.CONVERGED);

  private final SharedNetwork network;
  private final Recipe recipe;
  private final TransferPictures pictures;
  private final TileChoice tiles;
  private final Stages stages;
  private final TransferSession ownSize;
  private final Checkpoints checkpoints;
  private final RunOptions options;
  private final Optional<Checkpoint> resumed;
  private final Resets resets;

  /**
   * Prepares a run.
   *
   * @param tiles that each size is computed in
   * @param ownSize the session of the last stage, with the start in place
   * @param resumed where another run left off that was the same
   */
  StagedRun(
      SharedNetwork network,
      Recipe recipe,
      TransferPictures pictures,
      TileChoice tiles,
      Stages stages,
      TransferSession ownSize,
      Checkpoints checkpoints,
      RunOptions options,
      Optional<Checkpoint> resumed) {
    this.network = network;
    this.recipe = recipe;
    this.pictures = pictures;
    this.tiles = tiles;
    this.stages = stages;
    this.ownSize = ownSize;
    this.checkpoints = checkpoints;
    this.options =
        options.withPictures(
            options.pictureEvery(),
            (step, picture) -> options.pictures().onPicture(step, atOwnSize(picture)));
    this.resumed = resumed;
    resets = new Resets(resumed.map(Checkpoint::resets).orElse(0));
  }

  /** What a stage made: at its own size, and what its optimiser then knew. */
  private record Made(Outcome outcome, Optional<OptimizerState> optimizer) {}

  /** Runs all stages that are left, or until something ends the run. */
  Outcome run() {
    Span span = stages.first(resumed.map(Checkpoint::seconds).orElse(0.0));
    while (span.stage() < resumed.map(Checkpoint::stage).orElse(0)) {
      span = stages.next(span);
    }
    Optional<Made> before = Optional.empty();
    while (true) {
      Made made = run(span, before);
      Outcome outcome = made.outcome();
      if (span.stage() == stages.last() || !GO_ON.contains(outcome.stopReason())) {
        return outcome.withPicture(atOwnSize(outcome.picture()));
      }
      before = Optional.of(made);
      span = stages.next(span);
    }
  }

  private Made run(Span span, Optional<Made> before) {
    try {
      return stages.get(span.stage()).isOwnSize()
          ? runAtOwnSize(span, before)
          : runSmaller(span, before);
    } catch (NonFiniteLossException e) {
      // What came before is a picture to keep.
      Outcome outcome = before.orElseThrow(() -> e).outcome();
      return new Made(outcome.withStopReason(StopReason.NON_FINITE_LOSS), Optional.empty());
    }
  }

  private Made runAtOwnSize(Span span, Optional<Made> before) {
    if (span.stage() == 0) {
      return run(span, ownSize, pictures.start(), before);
    }
    Picture from = start(before, pictures.content().size());
    ownSize.place(from);
    return run(span, ownSize, from, before);
  }

  private Made runSmaller(Span span, Optional<Made> before) {
    TransferPictures smaller = pictures.smaller(stages.get(span.stage()).size());
    TransferPictures own =
        span.stage() == 0 ? smaller : smaller.startingFrom(start(before, smaller.content().size()));
    try (TransferSession session =
        new TransferSession(network, recipe, ownSize.compute(), own, tiles.of(own))) {
      return run(span, session, own.start(), before);
    }
  }

  /** What a stage of a size begins with that is not the first. */
  private Picture start(Optional<Made> before, PictureSize size) {
    if (before.isPresent() && recipe.hasPyramid()) {
      return enlarged(before.get().outcome().picture(), size);
    }
    Picture whole = before.map(it -> atOwnSize(it.outcome().picture())).orElse(pictures.start());
    return PictureResizer.resize(whole, size.width(), size.height());
  }

  /** Bounded optimisers look at their start before they move it, so it is clamped here. */
  private Picture enlarged(Picture picture, PictureSize size) {
    float[] rgb = PictureResizer.bicubic(picture.rgb(), picture.size(), size);
    if (recipe.optimizer().bounded()) {
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = Math.max(0, Math.min(255, rgb[i]));
      }
    }
    return Picture.of(size.width(), size.height(), rgb);
  }

  private Made run(Span span, TransferSession session, Picture from, Optional<Made> before) {
    try (OptimisationLoop loop =
        isResumed(span) ? resumed(span, session) : loop(span, session, beginning(from, before))) {
      Outcome outcome = loop.run();
      boolean carries = recipe.hasPyramid() && recipe.optimizer() instanceof AdamSettings;
      return new Made(outcome, carries ? Optional.of(loop.optimizer()) : Optional.empty());
    }
  }

  private boolean isResumed(Span span) {
    return resumed.filter(it -> it.stage() == span.stage()).isPresent();
  }

  private OptimisationLoop resumed(Span span, TransferSession session) {
    RunState state = resumed.orElseThrow().state();
    OptimisationLoop loop = loop(span, session, Beginning.of(state.optimizer()));
    loop.restore(state);
    return loop;
  }

  private Beginning beginning(Picture from, Optional<Made> before) {
    float[] values = recipe.pixels().fromBytes(from.rgb());
    return before
        .flatMap(
            made ->
                made.optimizer()
                    .map(it -> moved(it, made.outcome().picture().size(), values, from.size())))
        .map(Beginning::of)
        .orElseGet(() -> Beginning.at(values));
  }

  private static OptimizerState moved(
      OptimizerState state, PictureSize before, float[] values, PictureSize now) {
    return AdamOptimizer.moved(
        state,
        values,
        first -> PictureResizer.bicubic(first, before, now),
        second -> PictureResizer.bilinear(second, before, now));
  }

  private OptimisationLoop loop(Span span, TransferSession session, Beginning begin) {
    return new OptimisationLoop(recipe, session, begin, span, resets, checkpoints, options);
  }

  private Picture atOwnSize(Picture picture) {
    return PictureResizer.resize(picture, pictures.content().width(), pictures.content().height());
  }
}
