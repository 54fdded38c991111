package io.stylegraph.cli;

import io.stylegraph.recipe.RecipeBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how often and by what the picture is changed. */
final class UpdateOptions {
  @Option(names = "--steps", paramLabel = "N", description = "Default: the recipe's.")
  private @Nullable Integer steps;

  @Option(names = "--optimizer", paramLabel = "adam|lbfgs", description = "Default: the recipe's.")
  private @Nullable String optimizer;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Default: the recipe's.")
  private @Nullable Double learningRate;

  /** Changes the recipe by those given. */
  void change(RecipeBuilder recipe) {
    if (steps != null) {
      recipe.steps(steps);
    }
    if (optimizer != null) {
      recipe.optimizer(optimizer);
    }
    if (learningRate != null) {
      recipe.learningRate(learningRate);
    }
  }
}
