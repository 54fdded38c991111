package io.stylegraph.cli;

import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.ContentError;
import io.stylegraph.recipe.FeatureUnits;
import io.stylegraph.recipe.GramNormaliser;
import io.stylegraph.recipe.Keep;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.Noise;
import io.stylegraph.recipe.OptimizerSettings;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Start;
import io.stylegraph.recipe.StyleDivisor;
import java.util.List;

/** A recipe in words, one part a line. Plain ASCII, which every terminal shows. */
final class RecipeSheet {
  private final StringBuilder text = new StringBuilder();

  private RecipeSheet() {}

  static String of(Recipe recipe) {
    RecipeSheet sheet = new RecipeSheet();
    sheet.text.append("%s: %s%n".formatted(recipe.name(), recipe.summary()));
    sheet.text.append("source: %s%n".formatted(recipe.source()));
    sheet.style(recipe);
    sheet.content(recipe);
    sheet.features(recipe.form());
    sheet.totalVariation(recipe);
    sheet.optimizer(recipe.optimizer(), recipe.pixels());
    sheet.run(recipe);
    return sheet.text.toString().stripTrailing();
  }

  private void style(Recipe recipe) {
    LossForm form = recipe.form();
    heading("style");
    weight(recipe.styleWeight());
    line(
        "formula",
        "Gram matrices %s, mean squared difference%s"
            .formatted(words(form.gram()), words(form.styleDivisor())));
    layers(recipe.styleLayers());
  }

  private void content(Recipe recipe) {
    heading("content");
    weight(recipe.contentWeight());
    line("formula", "features, " + words(recipe.form().contentError()));
    layers(recipe.contentLayers());
  }

  private void features(LossForm form) {
    heading("features");
    line("taken", words(form.activation()));
    line("weights for", words(form.units()));
  }

  private void totalVariation(Recipe recipe) {
    heading("total variation");
    weight(recipe.tvWeight());
    line("formula", "sum of absolute differences between neighbours, of " + words(recipe.pixels()));
  }

  private void optimizer(OptimizerSettings optimizer, PixelSpace pixels) {
    heading("optimiser");
    if (optimizer instanceof AdamSettings adam) {
      adam(adam, pixels);
    } else if (optimizer instanceof LbfgsSettings lbfgs) {
      lbfgs(lbfgs, pixels);
    }
  }

  private void adam(AdamSettings adam, PixelSpace pixels) {
    line("method", "Adam, one update a step");
    line("pixels", words(pixels));
    line("learning rate", Numbers.exact(adam.learningRate()));
    line("beta 1", Numbers.exact(adam.beta1()));
    line("beta 2", Numbers.exact(adam.beta2()));
    line("epsilon", Numbers.exact(adam.epsilon()));
    line("bounds", adam.clip() ? "clipped after each update" : "none");
  }

  private void lbfgs(LbfgsSettings lbfgs, PixelSpace pixels) {
    line("method", "L-BFGS without line search, one evaluation a step");
    line("pixels", words(pixels));
    line("learning rate", Numbers.exact(lbfgs.learningRate()));
    line("history", lbfgs.history() + " pairs");
    line("iterations", lbfgs.maxIterations() + " in a row");
    line("tolerances", tolerances(lbfgs));
    line("climb limit", Numbers.exact(lbfgs.climbLimit()) + " times the best total");
    line("bounds", words(lbfgs.bounds()));
  }

  private void run(Recipe recipe) {
    heading("run");
    line("steps", "%d, shown every %d".formatted(recipe.steps(), recipe.showEvery()));
    line("start", words(recipe.start()));
    line("noise", words(recipe.noise()));
    line("result", words(recipe.keep()));
  }

  private void heading(String words) {
    text.append("%n%s%n".formatted(words));
  }

  private void line(String label, String value) {
    text.append("  %-14s %s%n".formatted(label, value));
  }

  private void weight(double weight) {
    line("weight", weight == 0 ? "0, left out" : Numbers.exact(weight));
  }

  private void layers(List<LayerWeight> layers) {
    layers.forEach(it -> line(it.layer(), Numbers.exact(it.weight())));
  }

  private static String tolerances(LbfgsSettings lbfgs) {
    return "%s of the gradient, %s of change"
        .formatted(
            Numbers.exact(lbfgs.toleranceGradient()), Numbers.exact(lbfgs.toleranceChange()));
  }

  private static String words(GramNormaliser gram) {
    return switch (gram) {
      case NONE -> "F'F";
      case POSITIONS -> "F'F/(h w)";
      case ENTRIES -> "F'F/(c h w)";
    };
  }

  private static String words(StyleDivisor divisor) {
    return switch (divisor) {
      case NONE -> "";
      case ENTRIES -> ", divided by c h w";
      case PAPER -> ", divided by 4 (h w)^2";
    };
  }

  private static String words(ContentError error) {
    return switch (error) {
      case MEAN -> "mean squared difference";
      case HALF_SUM -> "half the sum of squared differences";
    };
  }

  private static String words(Activation activation) {
    return switch (activation) {
      case POST -> "after ReLU";
      case PRE -> "before ReLU";
    };
  }

  private static String words(FeatureUnits units) {
    return switch (units) {
      case KERAS -> "Keras's features, of BGR in 0-255 less its mean";
      case TORCH -> "torch's features, of standardised RGB in 0-1";
    };
  }

  private static String words(PixelSpace pixels) {
    return switch (pixels) {
      case BYTES -> "RGB in 0-255";
      case UNIT -> "RGB in 0-1";
      case STANDARDISED -> "RGB standardised by ImageNet's mean and deviation";
    };
  }

  private static String words(LbfgsSettings.Bounds bounds) {
    return switch (bounds) {
      case NONE -> "none";
      case CLAMPED -> "clamped before each evaluation";
      case PROJECTED -> "part of the search, which is projected on them";
    };
  }

  private static String words(Start start) {
    return switch (start) {
      case CONTENT -> "the content picture";
      case NOISE -> "white noise";
      case STYLE -> "the style picture";
      case PICTURE -> "a picture that is given";
    };
  }

  private static String words(Noise noise) {
    return switch (noise) {
      case UNIFORM -> "uniform over 0-255, where a run starts from it";
      case NORMAL -> "standard normal in the optimiser's pixels, where a run starts from it";
    };
  }

  private static String words(Keep keep) {
    return switch (keep) {
      case BEST -> "the picture of the lowest total";
      case LAST -> "the picture of the last update";
    };
  }
}
