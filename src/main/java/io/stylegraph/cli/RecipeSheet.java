package io.stylegraph.cli;

import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.OptimizerSettings;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Pyramid;
import io.stylegraph.recipe.Recipe;
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
    sheet.features(recipe);
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
        switch (form.statistic()) {
          case GRAM ->
              "Gram matrices %s, mean squared difference%s"
                  .formatted(RecipeWords.of(form.gram()), RecipeWords.of(form.styleDivisor()));
          case MOMENTS ->
              "mean and covariance, squared Wasserstein-2 distance%s"
                  .formatted(RecipeWords.of(form.styleDivisor()));
        });
    layers(recipe.styleLayers());
  }

  private void content(Recipe recipe) {
    heading("content");
    weight(recipe.contentWeight());
    line("formula", "features, " + RecipeWords.of(recipe.form().contentError()));
    layers(recipe.contentLayers());
  }

  private void features(Recipe recipe) {
    heading("features");
    line("taken", RecipeWords.of(recipe.form().activation()));
    line("pooling", RecipeWords.of(recipe.network().pooling()));
    line("padding", RecipeWords.of(recipe.network().padding()));
    line("weights for", RecipeWords.of(recipe.form().units()));
  }

  private void totalVariation(Recipe recipe) {
    heading("total variation");
    weight(recipe.tvWeight());
    line(
        "formula",
        "%s, of %s"
            .formatted(RecipeWords.of(recipe.form().variation()), RecipeWords.of(recipe.pixels())));
  }

  private void optimizer(OptimizerSettings optimizer, PixelSpace pixels) {
    heading("optimiser");
    if (optimizer instanceof AdamSettings adam) {
      adam(adam, pixels);
    } else if (optimizer instanceof LbfgsSettings lbfgs) {
      lbfgs(lbfgs, pixels);
    } else {
      throw new IllegalArgumentException("no words for " + optimizer);
    }
  }

  private void adam(AdamSettings adam, PixelSpace pixels) {
    line("method", "Adam, one update a step");
    line("pixels", RecipeWords.of(pixels));
    line("learning rate", Numbers.exact(adam.learningRate()));
    line("beta 1", Numbers.exact(adam.beta1()));
    line("beta 2", Numbers.exact(adam.beta2()));
    line("epsilon", Numbers.exact(adam.epsilon()));
    line("bounds", adam.clip() ? "clipped to the pixels' range after each update" : "none");
  }

  private void lbfgs(LbfgsSettings lbfgs, PixelSpace pixels) {
    line("method", "L-BFGS without line search, one evaluation a step");
    line("pixels", RecipeWords.of(pixels));
    line("learning rate", Numbers.exact(lbfgs.learningRate()));
    line("history", lbfgs.history() + " pairs");
    line("scaling", Numbers.exact(lbfgs.scaling()) + " times y's/y'y");
    line("iterations", lbfgs.maxIterations() + " in a row");
    line("tolerances", tolerances(lbfgs));
    line("climb limit", Numbers.exact(lbfgs.climbLimit()) + " times the best total");
    line("bounds", RecipeWords.of(lbfgs.bounds()));
  }

  private void run(Recipe recipe) {
    heading("run");
    recipe
        .scales()
        .forEach(
            it -> line("scale", "%s, %d steps".formatted(Numbers.exact(it.size()), it.steps())));
    pyramid(recipe.pyramid());
    line("steps", "%d, shown every %d".formatted(recipe.steps(), recipe.showEvery()));
    line("start", RecipeWords.of(recipe.start()));
    line("noise", RecipeWords.of(recipe.noise()));
    line("result", RecipeWords.of(recipe.keep()));
  }

  private void pyramid(Pyramid pyramid) {
    if (pyramid.smallest() > 0) {
      line(
          "pyramid",
          "from %d pixels, each %s times the one before"
              .formatted(pyramid.smallest(), Numbers.rounded(pyramid.ratio())));
      line(
          "",
          "the steps at the smallest, %s of them at each other"
              .formatted(Numbers.exact(pyramid.laterShare())));
    }
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
}
