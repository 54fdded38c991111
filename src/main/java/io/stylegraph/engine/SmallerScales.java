package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Scale;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The scales of a recipe that come before the picture's own size, one session after the other. Each
 * begins with the result of the one before, enlarged; the first with the run's start, made smaller.
 * A scale at which a picture would be too small for the network is left out.
 */
final class SmallerScales {
  private static final Set<StopReason> ENDS =
      EnumSet.of(StopReason.CANCELLED, StopReason.DEADLINE, StopReason.NON_FINITE_LOSS);

  private final SharedNetwork network;
  private final Recipe recipe;
  private final Compute compute;
  private final TransferPictures pictures;
  private final List<Scale> scales;

  SmallerScales(SharedNetwork network, Recipe recipe, Compute compute, TransferPictures pictures) {
    this.network = network;
    this.recipe = recipe;
    this.compute = compute;
    this.pictures = pictures;
    int smallestSide = network.backbone().smallestSide(recipe.layersUsed());
    scales =
        recipe.scales().stream()
            .filter(
                scale -> pictures.looked().allMatch(it -> shorterSide(it, scale) >= smallestSide))
            .toList();
  }

  /** How many steps the scales take together. */
  int steps() {
    return scales.stream().mapToInt(Scale::steps).sum();
  }

  boolean isEmpty() {
    return scales.isEmpty();
  }

  /**
   * Runs them.
   *
   * @param all how many steps the run does in all
   * @return what the last one made, with its picture enlarged to the content's size; or the one
   *     before whose end no other follows
   */
  Scaled run(Picture start, int all, RunOptions options) {
    RunOptions enlarging =
        options.withPictures(
            options.pictureEvery(),
            (step, picture) -> options.pictures().onPicture(step, enlarged(picture)));
    Span span = Span.first(scales.get(0).steps(), all);
    Picture from = start;
    for (int i = 0; ; i++) {
      Outcome outcome = run(scales.get(i), from, span, enlarging);
      from = enlarged(outcome.picture());
      if (i == scales.size() - 1 || ends(outcome)) {
        return new Scaled(withPicture(outcome, from), span);
      }
      span = span.next(scales.get(i + 1).steps());
    }
  }

  /**
   * What scales made.
   *
   * @param span of the last one
   */
  record Scaled(Outcome outcome, Span span) {}

  /** Whether no size follows one that ended so. */
  static boolean ends(Outcome outcome) {
    return ENDS.contains(outcome.stopReason());
  }

  private Outcome run(Scale scale, Picture start, Span span, RunOptions options) {
    TransferPictures small = pictures.startingFrom(start).smaller(scale.size());
    try (TransferSession session = new TransferSession(network, recipe, compute, small)) {
      return OptimisationLoop.run(recipe, session, small.start(), span, options);
    }
  }

  private Picture enlarged(Picture picture) {
    Picture content = pictures.content();
    return PictureResizer.resize(picture, content.width(), content.height());
  }

  private static Outcome withPicture(Outcome of, Picture picture) {
    return new Outcome(picture, of.losses(), of.first(), of.steps(), of.stopReason());
  }

  private static int shorterSide(Picture picture, Scale scale) {
    PictureSize size = picture.size().fit(longerSide(picture, scale));
    return Math.min(size.width(), size.height());
  }

  private static int longerSide(Picture picture, Scale scale) {
    return Math.max(1, (int) Math.round(picture.size().longerSide() * scale.size()));
  }
}
