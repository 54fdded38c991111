package io.stylegraph.engine;

import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run will take, in seconds: {@code a + b p} for a step of p pixels, measured on this
 * machine by a few steps at one or two smaller sizes, and {@value #LOOK} of a step of as many
 * pixels for each look at a style. It takes some seconds itself.
 */
public final class TimeEstimate {
  /** Forwards alone, on first use of the size. */
  private static final double LOOK = 0.6;

  /** Longer sides that are tried, in pixels: large enough to tell of larger ones. */
  private static final int[] SIDES = {192, 384};

  /** The first step of a size compiles and fills caches. */
  private static final int WARM_UP = 1;

  private static final int TIMED = 3;

  private final double constant;
  private final double perPixel;
  private final int smallestSide;

  private TimeEstimate(double constant, double perPixel, int smallestSide) {
    this.smallestSide = smallestSide;
    this.constant = constant;
    this.perPixel = perPixel;
  }

  /**
   * Times steps of a recipe.
   *
   * @param tiles for pictures that cannot be made small, since another of them is tiny
   */
  public static TimeEstimate measure(
      SharedNetwork network,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures,
      TileChoice tiles) {
    List<PictureSize> sizes = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    int smallestSide = network.backbone().smallestSide(recipe.layersUsed());
    for (double size :
        sizes(smallestSide, pictures.shortestSide(), pictures.content().size().longerSide())) {
      TransferPictures small = size == 1 ? pictures : pictures.smaller(size);
      sizes.add(small.content().size());
      seconds.add(secondsPerStep(network, recipe, compute, small, tiles));
    }
    double perPixel = slope(sizes, seconds);
    int last = sizes.size() - 1;
    double constant = Math.max(0, seconds.get(last) - perPixel * sizes.get(last).pixels());
    return new TimeEstimate(constant, perPixel, smallestSide);
  }

  /** One step at a size. */
  public double secondsPerStep(PictureSize size) {
    return at((double) size.pixels());
  }

  /** All steps of a recipe on pictures of these sizes, without the program's start. */
  public double seconds(Recipe recipe, PictureSize content, List<PictureSize> styles) {
    double seconds = 0;
    for (Stage stage : stages(recipe, content, styles).all()) {
      double area = stage.size() * stage.size();
      seconds += stage.steps() * at(area * content.pixels());
      for (PictureSize style : styles) {
        seconds += LOOK * at(area * style.pixels());
      }
    }
    return seconds;
  }

  /** How many steps those are. */
  public int steps(Recipe recipe, PictureSize content, List<PictureSize> styles) {
    return stages(recipe, content, styles).steps();
  }

  private Stages stages(Recipe recipe, PictureSize content, List<PictureSize> styles) {
    return new Stages(recipe, content, styles, smallestSide);
  }

  private double at(double pixels) {
    return constant + perPixel * pixels;
  }

  /** The parts of the sides to try: none above 1, nor so small that a layer would have nothing. */
  static Set<Double> sizes(int smallestSide, int shortestSide, int longerSide) {
    Set<Double> sizes = new TreeSet<>();
    double smallest = (smallestSide + 1.0) / shortestSide;
    for (int side : SIDES) {
      double size = side / (double) longerSide;
      sizes.add(Math.min(1, Math.max(size, smallest)));
    }
    return sizes;
  }

  /** The quickest, since what disturbs a step makes it slower only. */
  private static double secondsPerStep(
      SharedNetwork network,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures,
      TileChoice tiles) {
    double quickest = Double.POSITIVE_INFINITY;
    Beginning begin = Beginning.at(recipe.pixels().fromBytes(pictures.start().rgb()));
    try (TransferSession session =
            PrecisionTrial.open(
                compute,
                it -> new TransferSession(network, recipe, it, pictures, tiles.of(pictures)));
        Stepper stepper = Stepper.of(recipe, session, begin, new Resets(0))) {
      for (int step = 0; step < WARM_UP + TIMED; step++) {
        long begun = System.nanoTime();
        stepper.step(step + 1, Optional.empty());
        if (step >= WARM_UP) {
          quickest = Math.min(quickest, (System.nanoTime() - begun) / 1e9);
        }
      }
    }
    return quickest;
  }

  private static double slope(List<PictureSize> sizes, List<Double> seconds) {
    int last = sizes.size() - 1;
    double whole = seconds.get(last) / sizes.get(last).pixels();
    if (last == 0) {
      return whole;
    }
    double pixels = sizes.get(last).pixels() - (double) sizes.get(0).pixels();
    return Math.max(0.5 * whole, (seconds.get(last) - seconds.get(0)) / pixels);
  }
}
