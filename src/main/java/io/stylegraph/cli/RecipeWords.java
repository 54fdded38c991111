package io.stylegraph.cli;

import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.ContentError;
import io.stylegraph.recipe.FeatureUnits;
import io.stylegraph.recipe.GramNormaliser;
import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.Noise;
import io.stylegraph.recipe.Padding;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Pooling;
import io.stylegraph.recipe.Start;
import io.stylegraph.recipe.StyleDivisor;
import io.stylegraph.recipe.VariationForm;

/** The words for the choices that a recipe makes. Switches without a default miss none. */
final class RecipeWords {
  private RecipeWords() {}

  static String of(GramNormaliser gram) {
    return switch (gram) {
      case NONE -> "F'F";
      case POSITIONS -> "F'F/(h w)";
      case ENTRIES -> "F'F/(c h w)";
    };
  }

  static String of(VariationForm variation) {
    return switch (variation) {
      case ABSOLUTE -> "sum of absolute differences between neighbours";
      case SQUARED -> "mean of squared differences between the eight neighbours";
    };
  }

  static String of(Pooling pooling) {
    return switch (pooling) {
      case MAX -> "max";
      case AVERAGE -> "average";
      case L2 -> "root of the sum of squares";
    };
  }

  static String of(Padding padding) {
    return switch (padding) {
      case ZERO -> "zeros";
      case REPLICATE -> "the edge's pixels at the first convolution";
    };
  }

  static String of(StyleDivisor divisor) {
    return switch (divisor) {
      case NONE -> "";
      case ENTRIES -> ", divided by c h w";
      case PAPER -> ", divided by 4 (h w)^2";
      case RELATIVE -> ", divided by the target's mean square";
    };
  }

  static String of(ContentError error) {
    return switch (error) {
      case MEAN -> "mean squared difference";
      case HALF_SUM -> "half the sum of squared differences";
      case RELATIVE -> "sum of squared differences, divided by the target's sum of squares";
    };
  }

  static String of(Activation activation) {
    return switch (activation) {
      case POST -> "after ReLU";
      case PRE -> "before ReLU";
    };
  }

  static String of(FeatureUnits units) {
    return switch (units) {
      case KERAS -> "Keras's features, of BGR in 0-255 less its mean";
      case TORCH -> "torch's features, of standardised RGB in 0-1";
    };
  }

  static String of(PixelSpace pixels) {
    return switch (pixels) {
      case BYTES -> "RGB in 0-255";
      case UNIT -> "RGB in 0-1";
      case STANDARDISED -> "RGB standardised by ImageNet's mean and deviation";
    };
  }

  static String of(LbfgsSettings.Bounds bounds) {
    return switch (bounds) {
      case NONE -> "none";
      case CLAMPED -> "clamped to the pixels' range before each evaluation";
      case PROJECTED -> "a projected search within the pixels' range";
    };
  }

  static String of(Start start) {
    return switch (start) {
      case CONTENT -> "the content picture";
      case RECOLOURED -> "the content picture in the style's colours";
      case NOISE -> "white noise";
      case STYLE -> "the style picture";
      case GREY -> "one grey";
      case STATISTICS -> "noise of the style's mean and covariance of RGB";
      case PICTURE -> "a picture that is given";
    };
  }

  static String of(Noise noise) {
    return switch (noise) {
      case UNIFORM -> "uniform over 0-255, where a run starts from it";
      case NORMAL -> "standard normal in the optimiser's pixels, where a run starts from it";
    };
  }

  static String of(Keep keep) {
    return switch (keep) {
      case BEST -> "the picture of the lowest total";
      case LAST -> "the picture of the last update";
      case AVERAGE -> "the average of the pictures after each update";
    };
  }
}
