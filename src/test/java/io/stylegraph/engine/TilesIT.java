package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stylegraph.PlainVgg;
import io.stylegraph.PlainVgg.Map3;
import io.stylegraph.TinyKeras;
import io.stylegraph.TinyKernels;
import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.ModelInput;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.image.Mask;
import io.stylegraph.image.Picture;
import io.stylegraph.loss.PlainWasserstein;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.ContentError;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.GramNormaliser;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.NetworkForm;
import io.stylegraph.recipe.Padding;
import io.stylegraph.recipe.Pooling;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.StyleDivisor;
import io.stylegraph.recipe.StyleStatistic;
import io.stylegraph.recipe.VariationForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and gradient in tiles are those of the whole picture. */
class TilesIT {
  /** Of the largest entry of the gradient, and of each loss. */
  private static final double EXACT = 1e-5;

  /**
   * The Wasserstein loss's inverse of a covariance makes of one rounding of the features several
   * hundred: two ways to sum them at once differ by as much, see the test below.
   */
  private static final double OF_MOMENTS = 1e-4;

  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(77, 53, 1);
  private static final Picture STYLE = TinyModel.picture(61, 67, 2);
  private static final Picture PICTURE = TinyModel.picture(77, 53, 3);
  private static final TransferPictures PICTURES = TransferPictures.of(CONTENT, STYLE, PICTURE);
  private static final Mask LEFT = mask(0, 30);
  private static final Mask RIGHT = mask(41, 70);

  @ParameterizedTest
  @MethodSource("recipes")
  void every_recipe_at_every_cut(Recipe recipe) {
    Values whole = values(recipe, PICTURES, Optional.empty());
    List<NetworkCut> cuts = cuts(recipe);
    assertThat(cuts).isNotEmpty();
    for (NetworkCut cut : cuts) {
      agrees(recipe, values(recipe, PICTURES, Optional.of(new TilePlan(cut, 32))), whole);
    }
  }

  private static Collection<Recipe> recipes() {
    return Recipes.all();
  }

  /** Odd sizes, those of whole strides, and some that leave a last tile of a pixel. */
  @ParameterizedTest
  @CsvSource({
    "77, 53, 16",
    "77, 53, 24",
    "77, 53, 45",
    "77, 53, 64",
    "64, 64, 16",
    "64, 96, 32",
    "65, 33, 32",
    "99, 34, 17",
    "34, 131, 64",
    "50, 51, 4096"
  })
  void every_size(int width, int height, int core) {
    Recipe recipe = layers(Recipes.TF_EAGER, "block1_conv2", "block2_conv2", "block4_conv2");
    TransferPictures pictures =
        TransferPictures.of(
            TinyModel.picture(width, height, 4), STYLE, TinyModel.picture(width, height, 5));
    Values whole = values(recipe, pictures, Optional.empty());
    for (NetworkCut cut : cuts(recipe)) {
      agrees(recipe, values(recipe, pictures, Optional.of(new TilePlan(cut, core))), whole);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void every_form_of_the_losses(LossForm form) {
    Recipe recipe =
        layers(Recipes.TF_EAGER, "block1_conv2", "block3_conv2").toBuilder().form(form).build();
    atStride(4, recipe, PICTURES);
  }

  static Stream<LossForm> forms() {
    LossForm usual = Recipes.TF_EAGER.form();
    List<LossForm> forms = new ArrayList<>();
    for (GramNormaliser gram : GramNormaliser.values()) {
      for (StyleDivisor divisor : StyleDivisor.values()) {
        forms.add(form(usual, Activation.POST, StyleStatistic.GRAM, gram, divisor));
      }
    }
    forms.add(form(usual, Activation.PRE, StyleStatistic.GRAM, usual.gram(), StyleDivisor.NONE));
    forms.add(form(usual, Activation.PRE, StyleStatistic.MOMENTS, usual.gram(), StyleDivisor.NONE));
    forms.add(
        form(usual, Activation.POST, StyleStatistic.MOMENTS, usual.gram(), StyleDivisor.RELATIVE));
    return forms.stream();
  }

  /** Each with another error of the content. */
  private static LossForm form(
      LossForm usual,
      Activation activation,
      StyleStatistic statistic,
      GramNormaliser gram,
      StyleDivisor divisor) {
    ContentError error = ContentError.values()[divisor.ordinal() % ContentError.values().length];
    VariationForm variation =
        VariationForm.values()[gram.ordinal() % VariationForm.values().length];
    return new LossForm(activation, statistic, gram, divisor, error, variation, usual.units());
  }

  @ParameterizedTest
  @MethodSource("io.stylegraph.engine.TilesIT#networks")
  void every_pooling_and_padding(NetworkForm network) {
    atStride(4, Recipes.TF_EAGER.toBuilder().network(network).build(), PICTURES);
  }

  static Stream<NetworkForm> networks() {
    return Arrays.stream(Pooling.values())
        .flatMap(
            pooling ->
                Arrays.stream(Padding.values()).map(padding -> new NetworkForm(pooling, padding)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf-eager", "fine"})
  void several_styles_in_regions_and_what_no_region_covers(String name) {
    List<StylePicture> styles =
        List.of(
            new StylePicture(STYLE, 2, Optional.empty(), Optional.of("left"), List.of()),
            new StylePicture(
                TinyModel.picture(52, 66, 7),
                1,
                Optional.of(Mask.of(halfWhite(52, 66))),
                Optional.of("right"),
                List.of("block1_conv1", "block4_conv1")));
    TransferPictures pictures =
        new TransferPictures(
            CONTENT,
            styles,
            List.of(new RegionMask("left", LEFT), new RegionMask("right", RIGHT)),
            PICTURE);
    Values actual = atStride(4, Recipes.named(name), pictures);
    assertThat(actual.gradient()[3 * 35]).isZero();
  }

  @Test
  void a_term_alone() {
    Recipe recipe = Recipes.TF_EAGER;
    atStride(4, recipe.toBuilder().styleWeight(0).build(), PICTURES);
    atStride(4, recipe.toBuilder().contentWeight(0).tvWeight(0).build(), PICTURES);
    Recipe variation = recipe.toBuilder().styleWeight(0).contentWeight(0).build();
    agrees(
        variation,
        values(variation, PICTURES, Optional.of(new TilePlan(cuts(variation).get(0), 32))),
        values(variation, PICTURES, Optional.empty()));
  }

  @Test
  void two_ways_to_sum_moments_at_once_differ_as_much() {
    Recipe recipe = Recipes.FINE;
    TransferPictures guided =
        new TransferPictures(
            CONTENT,
            List.of(
                new StylePicture(
                    STYLE,
                    1,
                    Optional.of(Mask.of(picture(61, 67, 255))),
                    Optional.empty(),
                    List.of())),
            List.of(),
            PICTURE);
    double distance =
        distance(
            values(recipe, guided, Optional.empty()).gradient(),
            values(recipe, PICTURES, Optional.empty()).gradient());
    assertThat(distance).isBetween(EXACT, OF_MOMENTS);
  }

  /** Tiles are summed in doubles, so that it is the whole that rounding takes farther. */
  @Test
  void moments_in_tiles_are_as_near_to_float64_as_at_once() {
    Recipe recipe = Recipes.FINE.toBuilder().styleWeight(1).contentWeight(0).tvWeight(0).build();
    Exact exact = exact(recipe);
    Values whole = values(recipe, PICTURES, Optional.empty());
    double bound = Math.max(2 * EXACT, 1.2 * distance(whole.gradient(), exact.gradient()));
    for (NetworkCut cut : cuts(recipe)) {
      for (int core : new int[] {16, 32, 64, 4096}) {
        Values tiled = values(recipe, PICTURES, Optional.of(new TilePlan(cut, core)));
        near(tiled.losses().style(), exact.loss(), 2 * EXACT);
        assertThat(distance(tiled.gradient(), exact.gradient())).isLessThan(bound);
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Exact(double loss, float[] gradient) {}

  /** Style's loss and gradient in plain doubles. */
  private static Exact exact(Recipe recipe) {
    PlainVgg plain = new PlainVgg(TinyKernels.read(NETWORK.backbone()), recipe.network());
    Map<String, Map3> style = plain.features(map(STYLE), false);
    Map<String, Map3> seen = plain.features(map(PICTURE), false);
    Map<String, Map3> gradients = new HashMap<>();
    double loss = 0;
    for (LayerWeight layer : recipe.styleLayers()) {
      double[][] features = positions(requireNonNull(seen.get(layer.layer())));
      double[][] target = positions(requireNonNull(style.get(layer.layer())));
      double[] guide = PlainWasserstein.even(features.length);
      double[] targetGuide = PlainWasserstein.even(target.length);
      double weight = layer.weight() / PlainWasserstein.energy(target, targetGuide);
      loss += weight * PlainWasserstein.of(features, guide, target, targetGuide);
      Map3 gradient = requireNonNull(seen.get(layer.layer())).emptyLike();
      double[][] slope = PlainWasserstein.gradient(features, guide, target, targetGuide);
      for (int i = 0; i < gradient.values().length; i++) {
        int channels = gradient.channels();
        gradient.values()[i] = weight * slope[i / channels][i % channels];
      }
      gradients.put(layer.layer(), gradient);
    }
    double[] gradient = plain.backward(gradients, false);
    float[] rounded = new float[gradient.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) gradient[i];
    }
    return new Exact(loss, rounded);
  }

  private static double[][] positions(Map3 features) {
    int channels = features.channels();
    return IntStream.range(0, features.height() * features.width())
        .mapToObj(it -> Arrays.copyOfRange(features.values(), it * channels, (it + 1) * channels))
        .toArray(double[][]::new);
  }

  private static Map3 map(Picture picture) {
    float[] rgb = picture.rgb();
    double[] values = new double[rgb.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[i];
    }
    return new Map3(picture.height(), picture.width(), 3, values);
  }

  @ParameterizedTest
  @CsvSource({
    "export, conv_relu, depthwise",
    "save, conv_relu, depthwise",
    "export, depthwise, conv",
    "save, depthwise, conv"
  })
  void networks_with_branches_and_strides(String way, String style, String content) {
    Backbone backbone = Backbone.load(TinyKeras.folder(way), ModelInput.UNIT);
    Recipe recipe =
        Recipes.TF_EAGER.toBuilder()
            .styleLayers(weights(style, "sum"))
            .contentLayers(weights(content))
            .build();
    // Of much like statistics a difference would have few digits left.
    TransferPictures pictures = TransferPictures.of(CONTENT, picture(61, 67, 40), PICTURE);
    try (SharedNetwork network = new SharedNetwork(backbone)) {
      Values whole = values(network, recipe, ObjectiveTest.FP32, pictures, Optional.empty());
      List<NetworkCut> cuts =
          backbone.cuts(recipe.network(), recipe.layersUsed(), recipe.form().activation());
      assertThat(cuts).isNotEmpty();
      for (NetworkCut cut : cuts) {
        Optional<TilePlan> plan = Optional.of(new TilePlan(cut, 20));
        agrees(recipe, values(network, recipe, ObjectiveTest.FP32, pictures, plan), whole);
      }
    }
  }

  /** Behind its attention no layer can do with what is near. */
  @Test
  void what_sees_all_of_a_picture_is_not_in_the_shallow_part() {
    Backbone backbone = Backbone.load(TinyKeras.folder("save"), ModelInput.UNIT);
    List<NetworkCut> cuts =
        backbone.cuts(NetworkForm.AS_TRAINED, List.of("conv", "logged"), Activation.POST);
    assertThat(cuts).allSatisfy(cut -> assertThat(cut.deepLayers()).contains("logged"));
  }

  @Test
  void bfloat16_is_as_near_to_float32_in_tiles_as_at_once() {
    Compute compute =
        Compute.resolve(new ComputeSettings(Device.CPU, Precision.AUTO)).with(Precision.BF16);
    assumeTrue(CpuFeatures.bfloat16(), "this CPU has no bfloat16 instructions");
    Recipe recipe = Recipes.TF_EAGER;
    Values exact = values(recipe, PICTURES, Optional.empty());
    Values whole = values(NETWORK, recipe, compute, PICTURES, Optional.empty());
    Values tiled =
        values(
            NETWORK, recipe, compute, PICTURES, Optional.of(new TilePlan(cuts(recipe).get(1), 32)));
    assertThat(distance(tiled.gradient(), exact.gradient()))
        .isLessThan(2 * distance(whole.gradient(), exact.gradient()));
    assertThat(tiled.losses().total())
        .isCloseTo(whole.losses().total(), within(2e-3 * whole.losses().total()));
  }

  private static Values atStride(int stride, Recipe recipe, TransferPictures pictures) {
    NetworkCut cut =
        cuts(recipe).stream().filter(it -> it.stride() == stride).findFirst().orElseThrow();
    Values actual = values(recipe, pictures, Optional.of(new TilePlan(cut, 32)));
    agrees(recipe, actual, values(recipe, pictures, Optional.empty()));
    return actual;
  }

  private static void agrees(Recipe recipe, Values actual, Values expected) {
    boolean moments = recipe.form().statistic() == StyleStatistic.MOMENTS;
    near(actual.losses().style(), expected.losses().style(), moments ? 2 * EXACT : EXACT);
    near(actual.losses().content(), expected.losses().content());
    near(actual.losses().tv(), expected.losses().tv());
    near(actual.losses().total(), expected.losses().total(), moments ? 2 * EXACT : EXACT);
    assertThat(distance(actual.gradient(), expected.gradient()))
        .isLessThanOrEqualTo(moments ? OF_MOMENTS : EXACT);
  }

  /** The largest difference, relative to the largest entry. */
  private static double distance(float[] actual, float[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    assertThat(largest).isPositive();
    return difference / largest;
  }

  private static void near(double actual, double expected) {
    near(actual, expected, EXACT);
  }

  private static void near(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  private static List<NetworkCut> cuts(Recipe recipe) {
    return NETWORK
        .backbone()
        .cuts(recipe.network(), recipe.layersUsed(), recipe.form().activation());
  }

  private static Recipe layers(Recipe recipe, String... content) {
    return recipe.toBuilder().contentLayers(weights(content)).build();
  }

  private static List<LayerWeight> weights(String... layers) {
    return Stream.of(layers).map(layer -> new LayerWeight(layer, 1)).toList();
  }

  private static Mask mask(int from, int to) {
    float[] rgb = new float[77 * 53 * 3];
    for (int i = 0; i < rgb.length; i++) {
      int column = i / 3 % 77;
      rgb[i] = column >= from && column < to ? 255 : 0;
    }
    return Mask.of(Picture.of(77, 53, rgb));
  }

  private static Picture halfWhite(int width, int height) {
    float[] rgb = new float[width * height * 3];
    Arrays.fill(rgb, 0, rgb.length / 2, 255);
    return Picture.of(width, height, rgb);
  }

  private static Picture picture(int width, int height, float value) {
    float[] rgb = new float[width * height * 3];
    Arrays.fill(rgb, value);
    return Picture.of(width, height, rgb);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Values(Losses losses, float[] gradient) {}

  private static Values values(Recipe recipe, TransferPictures pictures, Optional<TilePlan> tiles) {
    return values(NETWORK, recipe, ObjectiveTest.FP32, pictures, tiles);
  }

  private static Values values(
      SharedNetwork network,
      Recipe recipe,
      Compute compute,
      TransferPictures pictures,
      Optional<TilePlan> tiles) {
    try (TransferSession session = new TransferSession(network, recipe, compute, pictures, tiles)) {
      TransferSession.Evaluation here = session.evaluateWithGradient();
      return new Values(here.losses(), here.gradient());
    }
  }
}
