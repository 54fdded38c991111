package io.stylegraph.cli;

import io.stylegraph.ModelSource;
import io.stylegraph.Stylizer;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every job, whatever it optimises. */
final class CommonOptions {
  @Mixin private ModelOptions model;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Bound on the longer side of each picture in pixels; never enlarges; 0 keeps its own."
              + " Default: 512; 160 in reconstruct.")
  private @Nullable Integer size;

  @Option(names = "--seed", paramLabel = "N", description = "Of the noise. Default: 0.")
  private @Nullable Long seed;

  @Mixin private ComputeOptions compute;

  /** Loads the model. */
  Stylizer stylizer() {
    return model.load(ModelChoice::find);
  }

  /** Where the model is loaded from. */
  ModelSource model() {
    return model.source(ModelChoice::find);
  }

  /** The size given, or what the command takes without one. */
  int size(int usual) {
    return size == null ? usual : size;
  }

  long seed() {
    return seed(0);
  }

  /** The seed given, or another. */
  long seed(long usual) {
    return seed == null ? usual : seed;
  }

  ComputeSettings compute() {
    return compute(Precision.AUTO);
  }

  /** The settings given, with the precision that is taken without one. */
  ComputeSettings compute(Precision usual) {
    return compute.settings(usual);
  }
}
