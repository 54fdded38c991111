package io.stylegraph.recipe;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.stylegraph.error.InvalidSettingException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The named recipes. All defaults stand here. */
public final class Recipes {
  /** The Adam of {@link #TF_EAGER}, also for a recipe whose own optimiser is another. */
  public static final AdamSettings ADAM = new AdamSettings(10, 0.9, 0.999, 1e-8);

  /**
   * TensorFlow's style-transfer notebook with eager execution (2018), in its own weights. The
   * notebook's article computes a total-variation term but gives no weight for it: 30/255 is the
   * later official tutorial's 30 carried from 0-1 to 0-255 pixels. Adam's constants but for the
   * rate are the defaults of {@code tf.train.AdamOptimizer}.
   */
  public static final Recipe TF_EAGER =
      new Recipe(
          "tf-eager",
          "Gram matrices of five layers, Adam at 10 on 0-255 pixels",
          "TensorFlow models, nst_blogpost: Neural Style Transfer with Eager Execution (2018)",
          Stream.of("block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1")
              .map(layer -> new LayerWeight(layer, 1.0 / 5))
              .toList(),
          List.of(new LayerWeight("block5_conv2", 1)),
          1e-2,
          1e3,
          30.0 / 255,
          ADAM,
          1000,
          100,
          Start.CONTENT);

  /**
   * L-BFGS for a recipe whose own optimiser is another: torch's constants but for the history, the
   * limit on climbs, and the bounds of 0-255.
   */
  public static final LbfgsSettings LBFGS =
      new LbfgsSettings(1, 50, 20, 1e-7, 1e-9, 10, LbfgsSettings.Bounds.PROJECTED);

  /** What runs when nothing is chosen. */
  public static final Recipe DEFAULT = TF_EAGER;

  private static final ImmutableMap<String, Recipe> BY_NAME =
      Maps.uniqueIndex(List.of(TF_EAGER), Recipe::name);

  private Recipes() {}

  /** All named recipes, the default first. */
  public static Collection<Recipe> all() {
    return BY_NAME.values();
  }

  /**
   * The recipe of that name.
   *
   * @throws InvalidSettingException if there is none; the message lists the names
   */
  public static Recipe named(String name) {
    Recipe recipe = BY_NAME.get(name);
    if (recipe == null) {
      throw new InvalidSettingException(
          "recipe",
          "recipe (%s) is unknown; choose one of: %s"
              .formatted(name, Joiner.on(", ").join(BY_NAME.keySet())));
    }
    return recipe;
  }

  /** The optimiser of that kind with our constants. */
  static OptimizerSettings optimizer(String kind) {
    return Stream.of(ADAM, LBFGS)
        .filter(settings -> settings.kind().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    "optimizer",
                    "optimizer (%s) is unknown; choose one of: adam, lbfgs".formatted(kind)));
  }
}
