package io.stylegraph;

import com.google.common.collect.Streams;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Start;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One job as plain data. {@link #of} gives every choice its default; the {@code with} methods
 * change one. Where the recipe gives a term no weight, its picture is not compared with, and the
 * other one may stand in for it; the content picture still gives the size.
 *
 * @param content the picture to paint anew
 * @param styles the pictures whose style it gets; where several paint one place, their statistics
 *     are averaged by weight
 * @param regions the parts that are painted, each in its own styles; what no region covers keeps
 *     the content. None for the whole picture
 * @param recipe what is optimised and how
 * @param size bound on the longer side of content and styles, in pixels; never enlarges; 0 keeps
 *     their own
 * @param start the first picture, present if and only if the recipe's start is {@link
 *     Start#PICTURE}
 * @param seed of the noise, if the recipe's start is {@link Start#NOISE} or {@link
 *     Start#STATISTICS}
 * @param colours whether the result keeps the content's
 * @param strength the balance of content and style, 0 (the content alone) to 1 (the style alone),
 *     in place of the recipe's content weight; absent for the recipe's own balance
 * @param compute where and with which numbers
 */
public record StyleTransferRequest(
    PictureSource content,
    List<StyleSource> styles,
    List<Region> regions,
    Recipe recipe,
    int size,
    Optional<PictureSource> start,
    long seed,
    ColourKeeping colours,
    OptionalDouble strength,
    ComputeSettings compute) {
  /** Bound on the longer side when nothing is chosen, in pixels. */
  public static final int DEFAULT_SIZE = 512;

  /** No picture is larger, in pixels along a side. */
  public static final int MAX_SIZE = 32_768;

  public StyleTransferRequest {
    styles = List.copyOf(styles);
    regions = List.copyOf(regions);
    Settings.inRange("size", size, 0, MAX_SIZE);
    RequestChecks.check(recipe, styles, regions, strength);
    if (recipe.start() == Start.PICTURE && start.isEmpty()) {
      throw new InvalidSettingException(
          "start",
          "start is picture, but no start picture is given; give one (--init FILE) or choose"
              + " another start");
    }
    if (recipe.start() != Start.PICTURE && start.isPresent()) {
      throw new InvalidSettingException(
          "start",
          "a start picture is given, but start is %s; leave one of them out"
              .formatted(Settings.word(recipe.start())));
    }
  }

  /** A job with the default recipe, size, seed 0 and whatever device there is. */
  public static StyleTransferRequest of(PictureSource content, PictureSource style) {
    return new StyleTransferRequest(
        content,
        List.of(StyleSource.of(style)),
        List.of(),
        Recipes.DEFAULT,
        DEFAULT_SIZE,
        Optional.empty(),
        0,
        ColourKeeping.NONE,
        OptionalDouble.empty(),
        ComputeSettings.AUTO);
  }

  /** The picture of the first style. */
  public PictureSource style() {
    return styles.get(0).picture();
  }

  /** Every picture that it names: the content, then the styles, the masks and the start. */
  public Stream<PictureSource> pictures() {
    return Streams.concat(
        Stream.of(content),
        styles.stream().map(StyleSource::picture),
        styles.stream().flatMap(it -> it.mask().stream()),
        regions.stream().map(Region::mask),
        start.stream());
  }

  /** The same job on another picture. */
  public StyleTransferRequest withContent(PictureSource content) {
    return new StyleTransferRequest(
        content, styles, regions, recipe, size, start, seed, colours, strength, compute);
  }

  /** The same job in other styles. */
  public StyleTransferRequest withStyles(List<StyleSource> styles) {
    return withRegions(styles, regions);
  }

  /** The same job on parts of the picture, each in styles of its own. */
  public StyleTransferRequest withRegions(List<StyleSource> styles, List<Region> regions) {
    return new StyleTransferRequest(
        content, styles, regions, recipe, size, start, seed, colours, strength, compute);
  }

  /** The same job by another recipe. */
  public StyleTransferRequest withRecipe(Recipe recipe) {
    return new StyleTransferRequest(
        content, styles, regions, recipe, size, start, seed, colours, strength, compute);
  }

  /** The same job at another size. */
  public StyleTransferRequest withSize(int size) {
    return new StyleTransferRequest(
        content, styles, regions, recipe, size, start, seed, colours, strength, compute);
  }

  /** The same job from a given first picture. */
  public StyleTransferRequest withStart(PictureSource picture) {
    return new StyleTransferRequest(
        content,
        styles,
        regions,
        recipe.toBuilder().start(Start.PICTURE).build(),
        size,
        Optional.of(picture),
        seed,
        colours,
        strength,
        compute);
  }

  /** The same job with other noise. */
  public StyleTransferRequest withSeed(long seed) {
    return new StyleTransferRequest(
        content, styles, regions, recipe, size, start, seed, colours, strength, compute);
  }

  /** The same job with the content's colours kept, or not. */
  public StyleTransferRequest withColours(ColourKeeping colours) {
    return new StyleTransferRequest(
        content, styles, regions, recipe, size, start, seed, colours, strength, compute);
  }

  /** The same job with another balance of content and style. */
  public StyleTransferRequest withStrength(double strength) {
    return new StyleTransferRequest(
        content,
        styles,
        regions,
        recipe,
        size,
        start,
        seed,
        colours,
        OptionalDouble.of(strength),
        compute);
  }

  /** The same job computed in another way. */
  public StyleTransferRequest withCompute(ComputeSettings compute) {
    return new StyleTransferRequest(
        content, styles, regions, recipe, size, start, seed, colours, strength, compute);
  }
}
