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
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.FeatureUnits;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss and its gradient, against the same in plain doubles, on the tiny model. */
class ObjectiveTest {
  /** The precision that plain doubles can be held against, also where bfloat16 is at hand. */
  static final Compute FP32 = Compute.resolve(new ComputeSettings(Device.CPU, Precision.FP32));

  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final PlainVgg PLAIN = new PlainVgg(TinyKernels.read(NETWORK.backbone()));
  private static final Picture CONTENT = TinyModel.picture(37, 34, 1);
  private static final Picture STYLE = TinyModel.picture(45, 33, 2);
  private static final Picture PICTURE = TinyModel.picture(37, 34, 3);

  @Test
  void style_term_and_gradient_agree_with_plain_doubles() {
    agrees(weights(1e-2, 0, 0));
  }

  @Test
  void content_term_and_gradient_agree_with_plain_doubles() {
    agrees(weights(0, 1e3, 0));
  }

  @Test
  void total_variation_and_gradient_agree_with_plain_doubles() {
    agrees(weights(0, 0, 30.0 / 255));
  }

  @ParameterizedTest
  @MethodSource("everyRecipe")
  void every_recipe_agrees_with_plain_doubles(Recipe recipe) {
    agrees(recipe);
  }

  @Test
  void relative_losses_know_no_units() {
    LossForm form = Recipes.STYLE_RECONSTRUCTION.form();
    LossForm torch =
        new LossForm(
            form.activation(),
            form.statistic(),
            form.gram(),
            form.styleDivisor(),
            form.contentError(),
            form.variation(),
            FeatureUnits.TORCH);
    agrees(weights(1e6, 1e6, 0.1).toBuilder().form(torch).build());
  }

  /** But fine, which is held against float64 in Python's tests. */
  private static Collection<Recipe> everyRecipe() {
    return Recipes.all().stream().filter(it -> it != Recipes.FINE).toList();
  }

  private static void agrees(Recipe recipe) {
    try (StyleTransfer run =
        new StyleTransfer(NETWORK, recipe, FP32, TransferPictures.of(CONTENT, STYLE, PICTURE))) {
      Plain plain = plain(recipe);
      Losses losses = run.evaluate();
      near(losses.style(), plain.losses().style());
      near(losses.content(), plain.losses().content());
      near(losses.tv(), plain.losses().tv());
      near(losses.total(), plain.losses().total());
      assertThat(relativeDistance(run.gradient(), plain.gradient())).isLessThan(1e-5);
    }
  }

  private static void near(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-5 * Math.abs(expected)));
  }

  private record Plain(Losses losses, double[] gradient) {}

  private static Plain plain(Recipe recipe) {
    LossForm form = recipe.form();
    double units = form.units() == FeatureUnits.KERAS ? 1 : 1 / (255 * 0.226);
    boolean pre = form.activation() == Activation.PRE;
    Map<String, Map3> styleFeatures = PLAIN.features(map(STYLE), pre);
    Map<String, Map3> contentFeatures = PLAIN.features(map(CONTENT), pre);
    Map3 picture = map(PICTURE);
    Map<String, Map3> features = PLAIN.features(picture, pre);
    Map<String, Map3> gradients = new HashMap<>();
    double style = 0;
    for (LayerWeight layer : recipe.styleLayers()) {
      Map3 layerFeatures = features.get(layer.layer());
      double[] target =
          PlainLosses.gram(
              styleFeatures.get(layer.layer()),
              gramDivisor(form, styleFeatures.get(layer.layer())));
      style +=
          add(
              gradients,
              layer.layer(),
              layerFeatures,
              PlainLosses.style(layerFeatures, target, gramDivisor(form, layerFeatures)),
              layer.weight()
                  * recipe.styleWeight()
                  / styleDivisor(form, units, layerFeatures, target));
    }
    double content = 0;
    for (LayerWeight layer : recipe.contentLayers()) {
      Map3 layerFeatures = features.get(layer.layer());
      double[] target = contentFeatures.get(layer.layer()).values();
      content +=
          add(
              gradients,
              layer.layer(),
              layerFeatures,
              PlainLosses.meanSquare(layerFeatures.values(), target),
              layer.weight() * recipe.contentWeight() * contentFactor(form, units, target));
    }
    double[] gradient = PLAIN.backward(gradients, pre);
    Loss variation = PlainLosses.totalVariation(picture);
    // Neighbours differ by as much in 0-1 as in 0-255, divided by 255.
    double tvWeight = recipe.tvWeight() / (recipe.pixels() == PixelSpace.UNIT ? 255 : 1);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += tvWeight * variation.gradient()[i];
    }
    double tv = tvWeight * variation.value();
    return new Plain(new Losses(style + content + tv, content, style, tv), gradient);
  }

  private static double gramDivisor(LossForm form, Map3 features) {
    double positions = (double) features.height() * features.width();
    return switch (form.gram()) {
      case NONE -> 1;
      case POSITIONS -> positions;
      case ENTRIES -> positions * features.channels();
    };
  }

  private static double styleDivisor(LossForm form, double units, Map3 features, double[] target) {
    double positions = (double) features.height() * features.width();
    return switch (form.styleDivisor()) {
      case NONE -> Math.pow(units, -4);
      case ENTRIES -> Math.pow(units, -4) * positions * features.channels();
      case PAPER -> Math.pow(units, -4) * 4 * positions * positions;
      case RELATIVE -> sumOfSquares(target) / target.length;
    };
  }

  private static double contentFactor(LossForm form, double units, double[] target) {
    return switch (form.contentError()) {
      case MEAN -> Math.pow(units, 2);
      case HALF_SUM -> Math.pow(units, 2) * target.length / 2;
      case RELATIVE -> target.length / sumOfSquares(target);
    };
  }

  private static double sumOfSquares(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }

  private static double add(
      Map<String, Map3> gradients, String layer, Map3 features, Loss loss, double weight) {
    Map3 sum = gradients.computeIfAbsent(layer, name -> features.emptyLike());
    for (int i = 0; i < sum.values().length; i++) {
      sum.values()[i] += weight * loss.gradient()[i];
    }
    return weight * loss.value();
  }

  private static Recipe weights(double style, double content, double tv) {
    return Recipes.TF_EAGER.toBuilder()
        .styleWeight(style)
        .contentWeight(content)
        .tvWeight(tv)
        .build();
  }

  static Map3 map(Picture picture) {
    float[] rgb = picture.rgb();
    double[] values = new double[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      values[i] = rgb[i];
    }
    return new Map3(picture.height(), picture.width(), 3, values);
  }

  static double relativeDistance(float[] actual, double[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
