package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.PlainLosses;
import io.stylegraph.PlainLosses.Loss;
import io.stylegraph.PlainVgg;
import io.stylegraph.PlainVgg.Map3;
import io.stylegraph.TinyKernels;
import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.image.Mask;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.StyleDivisor;
import io.stylegraph.recipe.StyleStatistic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several styles, masks and regions, against plain doubles and against one style alone. */
class RegionsTest {
  private static final int WIDTH = 70;
  private static final int HEIGHT = 40;
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final PlainVgg PLAIN = new PlainVgg(TinyKernels.read(NETWORK.backbone()));
  private static final Picture CONTENT = TinyModel.picture(WIDTH, HEIGHT, 1);
  private static final Picture PICTURE = TinyModel.picture(WIDTH, HEIGHT, 3);
  private static final Picture SEA = TinyModel.picture(45, 43, 4);
  private static final Picture SKY = TinyModel.picture(52, 38, 5);
  private static final Mask LEFT = mask(0, 30);
  private static final Mask RIGHT = mask(40, WIDTH);
  private static final Recipe STYLE_ALONE =
      Recipes.TF_EAGER.toBuilder().contentWeight(0).tvWeight(0).build();

  @Test
  void each_region_is_compared_with_its_own_style_in_plain_doubles() {
    TransferPictures pictures =
        pictures(
            List.of(new RegionMask("left", LEFT), new RegionMask("right", RIGHT)),
            style(SEA).in("left"),
            style(SKY).in("right"));
    Plain plain = new Plain();
    plain.add(LEFT, SEA, STYLE_ALONE.styleLayers(), 30.0 / WIDTH);
    plain.add(RIGHT, SKY, STYLE_ALONE.styleLayers(), 30.0 / WIDTH);
    plain.agreesWith(pictures);
  }

  @Test
  void layers_of_one_style_and_layers_of_another() {
    List<LayerWeight> layers = STYLE_ALONE.styleLayers();
    Plain plain = new Plain();
    plain.add(null, SEA, layers.subList(0, 2), 1);
    plain.add(null, SKY, layers.subList(2, 5), 1);
    plain.agreesWith(
        pictures(
            List.of(),
            style(SEA).at("block1_conv1", "block2_conv1"),
            style(SKY).at("block3_conv1", "block4_conv1", "block5_conv1")));
  }

  @Test
  void a_layer_that_no_style_gives_counts_for_nothing() {
    Plain plain = new Plain();
    plain.add(null, SEA, STYLE_ALONE.styleLayers().subList(1, 2), 1);
    plain.agreesWith(pictures(List.of(), style(SEA).at("block2_conv1")));
  }

  @Test
  void heavier_styles_pull_their_regions_harder() {
    TransferPictures pictures =
        pictures(
            List.of(new RegionMask("left", LEFT), new RegionMask("right", RIGHT)),
            style(SEA).in("left").weighing(3),
            style(SKY).in("right").weighing(1));
    Plain plain = new Plain();
    plain.add(LEFT, SEA, STYLE_ALONE.styleLayers(), 30.0 / WIDTH * 1.5);
    plain.add(RIGHT, SKY, STYLE_ALONE.styleLayers(), 30.0 / WIDTH * 0.5);
    plain.agreesWith(pictures);
  }

  /** Σ w |G - A_w|² differs from |G - Σ w A_w|² by what no picture changes. */
  @Test
  void several_styles_pull_as_the_average_of_their_losses_does() {
    TransferPictures both = pictures(List.of(), style(SEA).weighing(3), style(SKY).weighing(1));
    float[] sea = gradient(STYLE_ALONE, pictures(List.of(), style(SEA)));
    float[] sky = gradient(STYLE_ALONE, pictures(List.of(), style(SKY)));
    double[] expected = new double[sea.length];
    for (int i = 0; i < sea.length; i++) {
      expected[i] = 0.75 * sea[i] + 0.25 * sky[i];
    }
    assertThat(ObjectiveTest.relativeDistance(gradient(STYLE_ALONE, both), expected))
        .isLessThan(1e-5);
  }

  @ParameterizedTest
  @EnumSource(StyleStatistic.class)
  void one_region_of_everything_is_no_region(StyleStatistic statistic) {
    Recipe recipe = comparing(statistic);
    TransferPictures alone = pictures(List.of(), style(SEA));
    TransferPictures everywhere =
        pictures(List.of(new RegionMask("all", mask(0, WIDTH))), style(SEA));
    Losses losses = losses(recipe, alone);
    assertThat(losses(recipe, everywhere).style())
        .isCloseTo(losses.style(), within(1e-5 * losses.style()));
    float[] gradient = gradient(recipe, alone);
    double[] expected = new double[gradient.length];
    for (int i = 0; i < gradient.length; i++) {
      expected[i] = gradient[i];
    }
    assertThat(ObjectiveTest.relativeDistance(gradient(recipe, everywhere), expected))
        .isLessThan(1e-4);
  }

  /** A picture that is one style at the left and another at the right has nothing to gain. */
  @ParameterizedTest
  @EnumSource(StyleStatistic.class)
  void the_masked_part_of_a_style_is_all_that_counts(StyleStatistic statistic) {
    TransferPictures pictures =
        new TransferPictures(
            CONTENT,
            List.of(
                style(PICTURE).masked(LEFT).in("left").made,
                style(PICTURE).masked(RIGHT).in("right").made),
            List.of(new RegionMask("left", LEFT), new RegionMask("right", RIGHT)),
            PICTURE);
    Recipe recipe = comparing(statistic);
    double elsewhere = losses(recipe, pictures(List.of(), style(SEA))).style();
    assertThat(losses(recipe, pictures).style()).isLessThan(1e-6 * elsewhere);
  }

  @Test
  void what_no_region_covers_keeps_the_content() {
    Recipe recipe = Recipes.TF_EAGER.toBuilder().steps(4).contentWeight(1).build();
    TransferPictures pictures =
        new TransferPictures(
            CONTENT, List.of(StylePicture.of(SEA)), List.of(new RegionMask("left", LEFT)), CONTENT);
    Picture result;
    try (StyleTransfer run = new StyleTransfer(NETWORK, recipe, ObjectiveTest.FP32, pictures)) {
      result = run.run(RunOptions.none()).picture();
    }
    float[] before = CONTENT.rgb();
    float[] after = result.rgb();
    int changed = 0;
    for (int i = 0; i < before.length; i++) {
      if (i / 3 % WIDTH >= 30) {
        assertThat(after[i]).isEqualTo(before[i]);
      } else {
        changed += after[i] == before[i] ? 0 : 1;
      }
    }
    assertThat(changed).isGreaterThan(30 * HEIGHT * 3 / 2);
  }

  private static Recipe comparing(StyleStatistic statistic) {
    LossForm form = STYLE_ALONE.form();
    return STYLE_ALONE.toBuilder()
        .form(
            new LossForm(
                form.activation(),
                statistic,
                form.gram(),
                StyleDivisor.RELATIVE,
                form.contentError(),
                form.variation(),
                form.units()))
        .build();
  }

  /** The style term as a sum over regions and layers. */
  private static final class Plain {
    private final Map<String, Map3> picture = PLAIN.features(ObjectiveTest.map(PICTURE), false);
    private final Map<String, Map3> gradients = new HashMap<>();
    private double style;

    void add(Mask region, Picture style, List<LayerWeight> layers, double share) {
      Map<String, FeatureGrid> grids =
          NETWORK.backbone().featureGrids(Recipes.FIRST_CONVOLUTIONS, WIDTH, HEIGHT);
      Map<String, Map3> ofStyle = PLAIN.features(ObjectiveTest.map(style), false);
      for (LayerWeight layer : layers) {
        Map3 features = ofStyle.get(layer.layer());
        double[] target = PlainLosses.gram(features, (double) features.height() * features.width());
        FeatureGrid grid = grids.get(layer.layer());
        float[] guide = region == null ? Guide.uniform(grid) : Guide.of(region, grid);
        Map3 weighted = weighted(picture.get(layer.layer()), guide);
        Loss loss = PlainLosses.style(weighted, target, 1);
        double factor = layer.weight() * STYLE_ALONE.styleWeight() * share;
        this.style += factor * loss.value();
        Map3 sum = gradients.computeIfAbsent(layer.layer(), name -> weighted.emptyLike());
        for (int i = 0; i < loss.gradient().length; i++) {
          sum.values()[i] +=
              factor * loss.gradient()[i] * Math.sqrt(guide[i / weighted.channels()]);
        }
      }
    }

    void agreesWith(TransferPictures pictures) {
      assertThat(losses(STYLE_ALONE, pictures).style()).isCloseTo(style, within(1e-5 * style));
      // Backwards goes what was looked at last.
      PLAIN.features(ObjectiveTest.map(PICTURE), false);
      double[] gradient = PLAIN.backward(gradients, false);
      if (!pictures.regions().isEmpty()) {
        for (int i = 0; i < gradient.length; i++) {
          int x = i / 3 % WIDTH;
          gradient[i] = x >= 30 && x < 40 ? 0 : gradient[i];
        }
      }
      assertThat(ObjectiveTest.relativeDistance(gradient(STYLE_ALONE, pictures), gradient))
          .isLessThan(1e-5);
    }

    private static Map3 weighted(Map3 features, float[] guide) {
      Map3 weighted = features.emptyLike();
      for (int i = 0; i < weighted.values().length; i++) {
        weighted.values()[i] = features.values()[i] * Math.sqrt(guide[i / features.channels()]);
      }
      return weighted;
    }
  }

  private static Losses losses(Recipe recipe, TransferPictures pictures) {
    try (StyleTransfer run = new StyleTransfer(NETWORK, recipe, ObjectiveTest.FP32, pictures)) {
      return run.evaluate();
    }
  }

  private static float[] gradient(Recipe recipe, TransferPictures pictures) {
    try (StyleTransfer run = new StyleTransfer(NETWORK, recipe, ObjectiveTest.FP32, pictures)) {
      return run.gradient();
    }
  }

  private static TransferPictures pictures(List<RegionMask> regions, Style... styles) {
    return new TransferPictures(
        CONTENT, List.of(styles).stream().map(style -> style.made).toList(), regions, PICTURE);
  }

  private static Style style(Picture picture) {
    return new Style(StylePicture.of(picture));
  }

  private static final class Style {
    private final StylePicture made;

    Style(StylePicture made) {
      this.made = made;
    }

    Style in(String region) {
      return new Style(
          new StylePicture(
              made.picture(), made.weight(), made.mask(), Optional.of(region), made.layers()));
    }

    Style at(String... layers) {
      return new Style(
          new StylePicture(
              made.picture(), made.weight(), made.mask(), made.region(), List.of(layers)));
    }

    Style weighing(double weight) {
      return new Style(
          new StylePicture(made.picture(), weight, made.mask(), made.region(), made.layers()));
    }

    Style masked(Mask mask) {
      return new Style(
          new StylePicture(
              made.picture(), made.weight(), Optional.of(mask), made.region(), made.layers()));
    }
  }

  private static Mask mask(int from, int to) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % WIDTH;
      rgb[i] = x >= from && x < to ? 255 : 0;
    }
    return Mask.of(Picture.of(WIDTH, HEIGHT, rgb));
  }
}
