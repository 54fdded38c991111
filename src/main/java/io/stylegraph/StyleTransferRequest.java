package io.stylegraph;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Start;
import java.util.Optional;

/**
 * One job as plain data. {@link #of} gives every choice its default; the {@code with} methods
 * change one. Where the recipe gives a term no weight, its picture is not compared with, and the
 * other one may stand in for it; the content picture still gives the size.
 *
 * @param content the picture to paint anew
 * @param style the picture whose style it gets
 * @param recipe what is optimised and how
 * @param size bound on the longer side of both pictures, in pixels; never enlarges; 0 keeps their
 *     own
 * @param start the first picture, present if and only if the recipe's start is {@link
 *     Start#PICTURE}
 * @param seed of the noise, if the recipe's start is {@link Start#NOISE}
 * @param compute where and with which numbers
 */
public record StyleTransferRequest(
    PictureSource content,
    PictureSource style,
    Recipe recipe,
    int size,
    Optional<PictureSource> start,
    long seed,
    ComputeSettings compute) {
  /** Bound on the longer side when nothing is chosen, in pixels. */
  public static final int DEFAULT_SIZE = 512;

  /** No picture is larger, in pixels along a side. */
  public static final int MAX_SIZE = 32_768;

  public StyleTransferRequest {
    Settings.inRange("size", size, 0, MAX_SIZE);
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
        content, style, Recipes.DEFAULT, DEFAULT_SIZE, Optional.empty(), 0, ComputeSettings.AUTO);
  }

  /** The same job by another recipe. */
  public StyleTransferRequest withRecipe(Recipe recipe) {
    return new StyleTransferRequest(content, style, recipe, size, start, seed, compute);
  }

  /** The same job at another size. */
  public StyleTransferRequest withSize(int size) {
    return new StyleTransferRequest(content, style, recipe, size, start, seed, compute);
  }

  /** The same job from a given first picture. */
  public StyleTransferRequest withStart(PictureSource picture) {
    return new StyleTransferRequest(
        content,
        style,
        recipe.toBuilder().start(Start.PICTURE).build(),
        size,
        Optional.of(picture),
        seed,
        compute);
  }

  /** The same job with other noise. */
  public StyleTransferRequest withSeed(long seed) {
    return new StyleTransferRequest(content, style, recipe, size, start, seed, compute);
  }

  /** The same job computed in another way. */
  public StyleTransferRequest withCompute(ComputeSettings compute) {
    return new StyleTransferRequest(content, style, recipe, size, start, seed, compute);
  }
}
