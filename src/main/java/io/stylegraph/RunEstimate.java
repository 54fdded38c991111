package io.stylegraph;

import io.stylegraph.engine.MemoryPlan;
import io.stylegraph.engine.SystemMemory;
import io.stylegraph.engine.TilePlan;
import io.stylegraph.engine.TimeEstimate;
import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * What a job will take, at its own size and at others; see {@link Stylizer#estimate}. Times were
 * measured on this machine by a few small steps, memory is computed.
 */
public final class RunEstimate {
  private final Recipe recipe;
  private final PictureSize content;
  private final List<PictureSize> styles;
  private final TimeEstimate time;
  private final MemoryPlan memory;
  private final int smallestSide;

  RunEstimate(
      Recipe recipe,
      PictureSize content,
      List<PictureSize> styles,
      TimeEstimate time,
      MemoryPlan memory,
      int smallestSide) {
    this.recipe = recipe;
    this.content = content;
    this.styles = List.copyOf(styles);
    this.time = time;
    this.memory = memory;
    this.smallestSide = smallestSide;
  }

  /** The size of the result. */
  public PictureSize size() {
    return content;
  }

  /** The steps at every scale together. */
  public int steps() {
    return time.steps(recipe, content, styles);
  }

  /** All steps, in seconds. */
  public double seconds() {
    return time.seconds(recipe, content, styles);
  }

  /** A step at the result's size, in seconds. */
  public double secondsPerStep() {
    return time.secondsPerStep(content);
  }

  /** The process's peak, in bytes. */
  public long peakBytes() {
    return bytes(content.longerSide(), SystemMemory.availableBytes());
  }

  /** The tiles that a step at the result's size is computed in; empty for the whole at once. */
  public Optional<TilePlan> tiles() {
    return memory.tiles(content, largestStyle(content.longerSide()), SystemMemory.availableBytes());
  }

  /**
   * The largest bound on the pictures' longer sides, up to the job's own, that fits a budget.
   *
   * @param bytes of memory
   * @param seconds for all steps
   * @return 0 if none does
   */
  public int largestSize(long bytes, double seconds) {
    int fits = 0;
    int tooLarge = content.longerSide() + 1;
    while (tooLarge - fits > 1) {
      int middle = (fits + tooLarge) / 2;
      if (bytes(middle, bytes) <= bytes && secondsAt(middle) <= seconds) {
        fits = middle;
      } else {
        tooLarge = middle;
      }
    }
    PictureSize size = content.fit(Math.max(1, fits));
    return Math.min(size.width(), size.height()) >= smallestSide ? fits : 0;
  }

  /**
   * The recipe with so few steps, in the same proportions, that all of them fit.
   *
   * @param seconds for all steps
   */
  public Recipe within(double seconds) {
    int steps = recipe.steps();
    double share = Math.min(1, seconds / seconds());
    return recipe.toBuilder().steps(Math.max(1, (int) (steps * share))).build();
  }

  private double secondsAt(int longerSide) {
    return time.seconds(
        recipe, content.fit(longerSide), styles.stream().map(it -> at(it, longerSide)).toList());
  }

  private long bytes(int longerSide, long available) {
    return memory.bytes(content.fit(longerSide), largestStyle(longerSide), available);
  }

  private PictureSize largestStyle(int longerSide) {
    PictureSize largest =
        styles.stream().reduce((a, b) -> a.pixels() >= b.pixels() ? a : b).orElse(content);
    return at(largest, longerSide);
  }

  /** A style is bounded as the content is, and has a scale of its own besides. */
  private PictureSize at(PictureSize style, int longerSide) {
    double share = Math.min(1, longerSide / (double) content.longerSide());
    return style.times(share);
  }
}
