package io.stylegraph.engine;

import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes at which a run works, one after the other, the pictures' own last. A smaller one at
 * which a picture would be too small for the network is left out; of a pyramid, the first that is
 * not then does the smallest one's steps.
 */
final class Stages {
  private final List<Stage> stages;

  /**
   * The stages of a run.
   *
   * @param smallestSide that the network can look at, in pixels
   */
  Stages(Recipe recipe, PictureSize content, List<PictureSize> styles, int smallestSide) {
    List<PictureSize> looked = new ArrayList<>(styles);
    looked.add(content);
    List<Stage> kept = new ArrayList<>(recipe.stages(content.longerSide()));
    kept.removeIf(it -> !fit(looked, it, smallestSide));
    if (recipe.hasPyramid()) {
      kept.set(0, new Stage(kept.get(0).size(), recipe.steps()));
    }
    stages = List.copyOf(kept);
  }

  private static boolean fit(List<PictureSize> looked, Stage stage, int smallestSide) {
    return stage.isOwnSize()
        || looked.stream().allMatch(it -> shorterSide(it, stage) >= smallestSide);
  }

  private static int shorterSide(PictureSize whole, Stage stage) {
    PictureSize size = whole.fit(Math.max(1, (int) Math.round(whole.longerSide() * stage.size())));
    return Math.min(size.width(), size.height());
  }

  /** How many steps they take together. */
  int steps() {
    return stages.stream().mapToInt(Stage::steps).sum();
  }

  List<Stage> all() {
    return stages;
  }

  Stage get(int number) {
    return stages.get(number);
  }

  int last() {
    return stages.size() - 1;
  }

  /**
   * The steps of the first one.
   *
   * @param spent seconds that the run had taken before now
   */
  Span first(double spent) {
    return Span.first(stages.get(0).steps(), steps(), spent);
  }

  /** The steps of the one after a span's; it must not be the last. */
  Span next(Span span) {
    return span.next(stages.get(span.stage() + 1).steps());
  }
}
