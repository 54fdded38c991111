package io.stylegraph.recipe;

import io.stylegraph.error.InvalidSettingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A system of neural style transfer: what is compared, how it is weighted and how the picture is
 * optimised. Presets are in {@link Recipes}; {@link #toBuilder()} makes variants.
 *
 * @param name as given to {@code --recipe}
 * @param summary one line for a list
 * @param source where the numbers come from
 * @param form of the losses
 * @param network what is changed in the network
 * @param pixels the space in which the optimiser works and total variation is taken
 * @param styleLayers the layers whose Gram matrices are compared
 * @param contentLayers the layers whose features are compared
 * @param styleWeight factor on the style term, zero or more; zero leaves the term out
 * @param contentWeight factor on the content term, zero or more; zero leaves the term out
 * @param tvWeight factor on the total variation; zero leaves the term out
 * @param optimizer with its every constant
 * @param scales smaller sizes that come before the picture's own, smallest first; the losses there
 *     are those of the smaller pictures
 * @param pyramid in place of such scales, those that the picture's size asks for
 * @param steps how many updates at the picture's own size, 1 to {@value #MAX_STEPS}; of a pyramid,
 *     at its smallest scale
 * @param showEvery after how many steps the published program shows its picture
 * @param start the picture that the first step sees
 * @param noise of which kind the first picture is, if {@code start} is {@link Start#NOISE}
 * @param keep which picture is the result
 * @param averageDecay what the average of {@link Keep#AVERAGE} keeps of itself at each update, in
 *     [0, 1); each scale begins its own
 */
public record Recipe(
    String name,
    String summary,
    String source,
    LossForm form,
    NetworkForm network,
    PixelSpace pixels,
    List<LayerWeight> styleLayers,
    List<LayerWeight> contentLayers,
    double styleWeight,
    double contentWeight,
    double tvWeight,
    OptimizerSettings optimizer,
    List<Scale> scales,
    Pyramid pyramid,
    int steps,
    int showEvery,
    Start start,
    Noise noise,
    Keep keep,
    double averageDecay) {
  /** More steps than anyone waits for; guards against a slip of the finger. */
  public static final int MAX_STEPS = 1_000_000;

  public Recipe {
    styleLayers = List.copyOf(styleLayers);
    contentLayers = List.copyOf(contentLayers);
    scales = List.copyOf(scales);
    Settings.notNegative("styleWeight", styleWeight);
    Settings.notNegative("contentWeight", contentWeight);
    Settings.notNegative("tvWeight", tvWeight);
    Settings.inRange("steps", steps, 1, MAX_STEPS);
    Settings.inRange("showEvery", showEvery, 1, MAX_STEPS);
    requireGrowth(scales);
    if (!pyramid.isNone() && !scales.isEmpty()) {
      throw new InvalidSettingException(
          "scales",
          "scales and a pyramid are both given; empty scales or set pyramid.smallest to 0");
    }
    Settings.fraction("averageDecay", averageDecay);
    refuseTwice("styleLayers", styleLayers);
    refuseTwice("contentLayers", contentLayers);
    requireLayers("styleLayers", styleLayers, "styleWeight", styleWeight);
    requireLayers("contentLayers", contentLayers, "contentWeight", contentWeight);
    if (styleWeight == 0 && contentWeight == 0 && tvWeight == 0) {
      throw new InvalidSettingException(
          "styleWeight", "styleWeight, contentWeight and tvWeight are all 0: nothing to optimise");
    }
  }

  /** The layers that this recipe makes the backbone compute, style layers first. */
  public List<String> layersUsed() {
    return Stream.concat(styleLayersUsed().stream(), contentLayersUsed().stream())
        .distinct()
        .toList();
  }

  /** The style layers; none if the term has no weight. */
  public List<String> styleLayersUsed() {
    return styleWeight > 0 ? names(styleLayers) : List.of();
  }

  /** The content layers; none if the term has no weight. */
  public List<String> contentLayersUsed() {
    return contentWeight > 0 ? names(contentLayers) : List.of();
  }

  /** Whether its scales come from the picture's size. */
  public boolean hasPyramid() {
    return !pyramid.isNone();
  }

  /**
   * The scales of a run and their steps, smallest first; the last is the picture's own size.
   *
   * @param longerSide of the picture, in pixels
   */
  public List<Stage> stages(int longerSide) {
    if (pyramid.isNone()) {
      return Stream.concat(
              scales.stream().map(scale -> new Stage(scale.size(), scale.steps())),
              Stream.of(new Stage(1, steps)))
          .toList();
    }
    List<Stage> stages = new ArrayList<>();
    int smaller = pyramid.smallerScales(longerSide);
    for (int i = smaller; i >= 0; i--) {
      stages.add(
          new Stage(
              Math.pow(pyramid.ratio(), -i), i == smaller ? steps : pyramid.laterSteps(steps)));
    }
    return List.copyOf(stages);
  }

  /**
   * The steps at every scale together.
   *
   * @param longerSide of the picture, in pixels
   */
  public int allSteps(int longerSide) {
    return stages(longerSide).stream().mapToInt(Stage::steps).sum();
  }

  /** A builder that starts with this recipe's values. */
  public RecipeBuilder toBuilder() {
    return new RecipeBuilder(this);
  }

  private static void requireGrowth(List<Scale> scales) {
    for (int i = 1; i < scales.size(); i++) {
      if (scales.get(i).size() <= scales.get(i - 1).size()) {
        throw new InvalidSettingException(
            "scales",
            "scales must grow, and %s comes after %s"
                .formatted(scales.get(i).size(), scales.get(i - 1).size()));
      }
    }
  }

  private static void refuseTwice(String setting, List<LayerWeight> layers) {
    Set<String> names = new HashSet<>();
    for (LayerWeight it : layers) {
      if (!names.add(it.layer())) {
        throw new InvalidSettingException(
            setting, "%s names %s twice; name each layer once".formatted(setting, it.layer()));
      }
    }
  }

  private static void requireLayers(
      String setting, List<LayerWeight> layers, String weightSetting, double weight) {
    if (layers.isEmpty() && weight > 0) {
      throw new InvalidSettingException(
          setting,
          "%s is empty, but %s is %s; name layers or set it to 0"
              .formatted(setting, weightSetting, weight));
    }
  }

  private static List<String> names(List<LayerWeight> layers) {
    return layers.stream().map(LayerWeight::layer).toList();
  }
}
