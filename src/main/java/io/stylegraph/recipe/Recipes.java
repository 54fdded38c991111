package io.stylegraph.recipe;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.stylegraph.error.InvalidSettingException;
import java.util.Collection;
import java.util.List;

/** The named recipes. All defaults stand here. */
public final class Recipes {
  /** The first convolution of each block of VGG, shallowest first. */
  public static final List<String> FIRST_CONVOLUTIONS =
      List.of("block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1");

  private static final LossForm TENSORFLOW =
      new LossForm(
          Activation.POST,
          StyleStatistic.GRAM,
          GramNormaliser.POSITIONS,
          StyleDivisor.NONE,
          ContentError.MEAN,
          VariationForm.ABSOLUTE,
          FeatureUnits.KERAS);

  private static final LossForm RELATIVE =
      new LossForm(
          Activation.POST,
          StyleStatistic.GRAM,
          GramNormaliser.POSITIONS,
          StyleDivisor.RELATIVE,
          ContentError.RELATIVE,
          VariationForm.ABSOLUTE,
          FeatureUnits.KERAS);

  /** Where no average is kept, it waits to be asked for: crowsonkb's style-transfer-pytorch. */
  private static final double AVERAGE_DECAY = 0.99;

  /** The Adam of {@link #TF_EAGER}, also for a recipe whose own optimiser is another. */
  public static final AdamSettings ADAM = new AdamSettings(10, 0.9, 0.999, 1e-8, true);

  /**
   * L-BFGS for a recipe whose own optimiser is another: torch's constants but for the history, the
   * limit on climbs, and the bounds of 0-255.
   */
  public static final LbfgsSettings LBFGS =
      new LbfgsSettings(1, 50, 1, 20, 1e-7, 1e-9, 10, LbfgsSettings.Bounds.PROJECTED);

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
          TENSORFLOW,
          NetworkForm.AS_TRAINED,
          PixelSpace.BYTES,
          each(1.0 / 5, FIRST_CONVOLUTIONS),
          List.of(new LayerWeight("block5_conv2", 1)),
          1e-2,
          1e3,
          30.0 / 255,
          ADAM,
          List.of(),
          Pyramid.NONE,
          1000,
          100,
          Start.CONTENT,
          Noise.UNIFORM,
          Keep.BEST,
          AVERAGE_DECAY);

  /**
   * Ours: the objective of {@link #TF_EAGER}, to the loss that it publishes in a third of its
   * steps. What was tried for it, with numbers, is in docs/optimisers.md.
   */
  public static final Recipe SWIFT =
      TF_EAGER.toBuilder()
          .name("swift")
          .summary("The objective of tf-eager, bounded L-BFGS from half the size")
          .source("Stylegraph: docs/optimisers.md")
          .optimizer(
              new LbfgsSettings(1, 50, 2, 20, 1e-7, 1e-9, 10, LbfgsSettings.Bounds.PROJECTED))
          .scales(List.of(new Scale(0.5, 20)))
          .steps(300)
          .showEvery(25)
          .start(Start.RECOLOURED)
          .build();

  /**
   * TensorFlow's official tutorial "Neural style transfer": as {@link #TF_EAGER} but for pixels in
   * 0-1, the weights of content and total variation, and Adam's constants.
   */
  public static final Recipe TF_TUTORIAL =
      new Recipe(
          "tf-tutorial",
          "Gram matrices of five layers, Adam at 0.02 on 0-1 pixels, total variation",
          "TensorFlow tutorials: Neural style transfer (2019-)",
          TENSORFLOW,
          NetworkForm.AS_TRAINED,
          PixelSpace.UNIT,
          each(1.0 / 5, FIRST_CONVOLUTIONS),
          List.of(new LayerWeight("block5_conv2", 1)),
          1e-2,
          1e4,
          30,
          new AdamSettings(0.02, 0.99, 0.999, 0.1, true),
          List.of(),
          Pyramid.NONE,
          1000,
          100,
          Start.CONTENT,
          Noise.UNIFORM,
          Keep.LAST,
          AVERAGE_DECAY);

  /**
   * Udacity's deep-learning course, style transfer with PyTorch: falling weights over the layers,
   * losses divided by c·h·w, no bounds.
   */
  public static final Recipe UDACITY =
      new Recipe(
          "udacity",
          "Falling weights over five layers, Adam at 0.003 on standardised pixels",
          "Udacity, deep-learning-v2-pytorch: Style_Transfer_Exercise (2018)",
          new LossForm(
              Activation.POST,
              StyleStatistic.GRAM,
              GramNormaliser.NONE,
              StyleDivisor.ENTRIES,
              ContentError.MEAN,
              VariationForm.ABSOLUTE,
              FeatureUnits.TORCH),
          NetworkForm.AS_TRAINED,
          PixelSpace.STANDARDISED,
          List.of(
              new LayerWeight("block1_conv1", 1),
              new LayerWeight("block2_conv1", 0.8),
              new LayerWeight("block3_conv1", 0.5),
              new LayerWeight("block4_conv1", 0.3),
              new LayerWeight("block5_conv1", 0.1)),
          List.of(new LayerWeight("block4_conv2", 1)),
          1e6,
          1,
          0,
          new AdamSettings(0.003, 0.9, 0.999, 1e-8, false),
          List.of(),
          Pyramid.NONE,
          2000,
          400,
          Start.CONTENT,
          Noise.UNIFORM,
          Keep.LAST,
          AVERAGE_DECAY);

  /** Kurniawan's walk through Gatys et al.: {@link #UDACITY} with half the steps. */
  public static final Recipe KURNIAWAN =
      new Recipe(
          "kurniawan",
          "As udacity, 1000 steps (2000 and 5000 are shown too)",
          "Kurniawan: Artistic Style Transfer with PyTorch",
          UDACITY.form(),
          NetworkForm.AS_TRAINED,
          UDACITY.pixels(),
          UDACITY.styleLayers(),
          UDACITY.contentLayers(),
          UDACITY.styleWeight(),
          UDACITY.contentWeight(),
          UDACITY.tvWeight(),
          UDACITY.optimizer(),
          List.of(),
          Pyramid.NONE,
          1000,
          100,
          Start.CONTENT,
          Noise.UNIFORM,
          Keep.LAST,
          AVERAGE_DECAY);

  /** A PyTorch walkthrough in which the same five layers carry content and style. */
  public static final Recipe PYTORCH_WALKTHROUGH =
      new Recipe(
          "pytorch-walkthrough",
          "Content and style at the same five layers, Adam at 0.02 on standardised pixels",
          "PyTorch walkthrough of Gatys et al., features by VGG19 indices 0, 5, 10, 19, 28",
          new LossForm(
              Activation.POST,
              StyleStatistic.GRAM,
              GramNormaliser.ENTRIES,
              StyleDivisor.NONE,
              ContentError.MEAN,
              VariationForm.ABSOLUTE,
              FeatureUnits.TORCH),
          NetworkForm.AS_TRAINED,
          PixelSpace.STANDARDISED,
          each(1, FIRST_CONVOLUTIONS),
          each(1, FIRST_CONVOLUTIONS),
          1e4,
          1e-2,
          0,
          new AdamSettings(0.02, 0.99, 0.999, 1e-8, false),
          List.of(),
          Pyramid.NONE,
          2000,
          400,
          Start.CONTENT,
          Noise.NORMAL,
          Keep.LAST,
          AVERAGE_DECAY);

  /**
   * PyTorch's official tutorial "Neural Transfer Using PyTorch": the first five convolutions before
   * ReLU, L-BFGS with torch's constants, clamped to 0-1 before each evaluation.
   */
  public static final Recipe PYTORCH_TUTORIAL =
      new Recipe(
          "pytorch-tutorial",
          "The first five convolutions before ReLU, L-BFGS on 0-1 pixels",
          "PyTorch tutorials: Neural Transfer Using PyTorch (Jacq 2017)",
          new LossForm(
              Activation.PRE,
              StyleStatistic.GRAM,
              GramNormaliser.ENTRIES,
              StyleDivisor.NONE,
              ContentError.MEAN,
              VariationForm.ABSOLUTE,
              FeatureUnits.TORCH),
          NetworkForm.AS_TRAINED,
          PixelSpace.UNIT,
          each(
              1,
              List.of(
                  "block1_conv1", "block1_conv2", "block2_conv1", "block2_conv2", "block3_conv1")),
          List.of(new LayerWeight("block2_conv2", 1)),
          1e6,
          1,
          0,
          // torch has no limit on climbs.
          new LbfgsSettings(1, 100, 1, 20, 1e-7, 1e-9, 1e6, LbfgsSettings.Bounds.CLAMPED),
          List.of(),
          Pyramid.NONE,
          300,
          50,
          Start.CONTENT,
          Noise.NORMAL,
          Keep.LAST,
          AVERAGE_DECAY);

  /**
   * Gatys, Ecker and Bethge (2015): Gram matrices not divided, {@code E = Σ(G-A)²/(4N²M²)}, content
   * half the sum of squares, a ratio of content to style of 1e-3, from white noise.
   */
  public static final Recipe GATYS =
      new Recipe(
          "gatys",
          "The paper's losses, L-BFGS from white noise",
          "Gatys, Ecker and Bethge: A Neural Algorithm of Artistic Style, arXiv:1508.06576 (2015)",
          new LossForm(
              Activation.POST,
              StyleStatistic.GRAM,
              GramNormaliser.NONE,
              StyleDivisor.PAPER,
              ContentError.HALF_SUM,
              VariationForm.ABSOLUTE,
              FeatureUnits.KERAS),
          NetworkForm.AS_TRAINED,
          PixelSpace.BYTES,
          each(1.0 / 5, FIRST_CONVOLUTIONS),
          List.of(new LayerWeight("block4_conv2", 1)),
          1,
          1e-3,
          0,
          LBFGS,
          List.of(),
          Pyramid.NONE,
          500,
          100,
          Start.NOISE,
          Noise.UNIFORM,
          Keep.BEST,
          AVERAGE_DECAY);

  /**
   * A picture drawn again from white noise by what one layer tells of it: the inversion of
   * Mahendran and Vedaldi, with Gatys' network. Their prior sums powers of neighbour differences
   * and of pixel values; ours is total variation and the range 0-255.
   *
   * <p>Losses are relative, so that one weight of total variation serves every layer. Its value is
   * ours, for a longer side of 128 to 256 pixels: it weighs a sum over pixels, and the relative
   * loss is none, so twice the side wants about a quarter.
   */
  public static final Recipe CONTENT_RECONSTRUCTION =
      new Recipe(
          "content-reconstruction",
          "One layer's features inverted, L-BFGS from white noise, total variation",
          "Mahendran and Vedaldi: Understanding Deep Image Representations by Inverting Them,"
              + " arXiv:1412.0035 (2014)",
          RELATIVE,
          NetworkForm.AS_TRAINED,
          PixelSpace.BYTES,
          List.of(),
          List.of(new LayerWeight("block3_conv1", 1)),
          0,
          1e6,
          0.2,
          LBFGS,
          List.of(),
          Pyramid.NONE,
          300,
          100,
          Start.NOISE,
          Noise.UNIFORM,
          Keep.BEST,
          AVERAGE_DECAY);

  /**
   * The texture of a picture, drawn from white noise by its Gram matrices (Gatys, Ecker and Bethge:
   * Texture Synthesis Using Convolutional Neural Networks, arXiv:1505.07376, where there is no
   * prior), with the losses of {@link #CONTENT_RECONSTRUCTION}. The weights are ours likewise.
   */
  public static final Recipe STYLE_RECONSTRUCTION =
      new Recipe(
          "style-reconstruction",
          "Gram matrices of five layers matched, L-BFGS from white noise, total variation",
          "Gatys, Ecker and Bethge: A Neural Algorithm of Artistic Style, arXiv:1508.06576,"
              + " figure 1 (2015)",
          RELATIVE,
          NetworkForm.AS_TRAINED,
          PixelSpace.BYTES,
          each(1.0 / 5, FIRST_CONVOLUTIONS),
          List.of(),
          1e6,
          0,
          5e-3,
          LBFGS,
          List.of(),
          Pyramid.NONE,
          300,
          100,
          Start.NOISE,
          Noise.UNIFORM,
          Keep.BEST,
          AVERAGE_DECAY);

  /**
   * Ours: the best picture that we know of. The pyramid, the averaged iterates, the layers and
   * their weights, padding and total variation are those of crowsonkb's style-transfer-pytorch
   * (2021), whose losses are scaled in another way. Here each is relative to its target, so that
   * the weights mean the same on every network; they are ours, as are the steps.
   */
  public static final Recipe FINE =
      new Recipe(
          "fine",
          "Means and covariances of five layers, averaged Adam on a pyramid of scales",
          "Stylegraph: docs/fine.md",
          new LossForm(
              Activation.POST,
              StyleStatistic.MOMENTS,
              GramNormaliser.POSITIONS,
              StyleDivisor.RELATIVE,
              ContentError.RELATIVE,
              VariationForm.SQUARED,
              FeatureUnits.KERAS),
          new NetworkForm(Pooling.AVERAGE, Padding.REPLICATE),
          PixelSpace.BYTES,
          List.of(
              new LayerWeight("block1_conv1", 256.0 / 341),
              new LayerWeight("block2_conv1", 64.0 / 341),
              new LayerWeight("block3_conv1", 16.0 / 341),
              new LayerWeight("block4_conv1", 4.0 / 341),
              new LayerWeight("block5_conv1", 1.0 / 341)),
          List.of(new LayerWeight("block4_conv2", 1)),
          1e4,
          2e2,
          1e-3,
          new AdamSettings(5, 0.9, 0.99, 1e-8, true),
          List.of(),
          new Pyramid(128, Math.sqrt(2), 0.4),
          250,
          50,
          Start.CONTENT,
          Noise.UNIFORM,
          Keep.AVERAGE,
          AVERAGE_DECAY);

  /** What runs when nothing is chosen. */
  public static final Recipe DEFAULT = TF_EAGER;

  private static final ImmutableMap<String, Recipe> BY_NAME =
      Maps.uniqueIndex(
          List.of(
              TF_EAGER,
              SWIFT,
              FINE,
              TF_TUTORIAL,
              UDACITY,
              KURNIAWAN,
              PYTORCH_WALKTHROUGH,
              PYTORCH_TUTORIAL,
              GATYS,
              CONTENT_RECONSTRUCTION,
              STYLE_RECONSTRUCTION),
          Recipe::name);

  private static final ImmutableMap<String, OptimizerSettings> OPTIMIZERS =
      Maps.uniqueIndex(List.of(ADAM, LBFGS), OptimizerSettings::kind);

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
          "recipe (%s) is unknown; %s".formatted(name, Spelling.choices(name, BY_NAME.keySet())));
    }
    return recipe;
  }

  /** The optimisers of each kind with our constants, by kind. */
  static ImmutableMap<String, OptimizerSettings> optimizers() {
    return OPTIMIZERS;
  }

  /** That of one kind. */
  static OptimizerSettings optimizer(String kind) {
    OptimizerSettings settings = OPTIMIZERS.get(kind);
    if (settings == null) {
      throw new InvalidSettingException(
          "optimizer",
          "optimizer (%s) is unknown; choose one of: %s"
              .formatted(kind, String.join(", ", OPTIMIZERS.keySet())));
    }
    return settings;
  }

  private static List<LayerWeight> each(double weight, List<String> layers) {
    return layers.stream().map(layer -> new LayerWeight(layer, weight)).toList();
  }
}
