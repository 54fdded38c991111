package io.stylegraph.cli;

import static java.util.Objects.requireNonNullElseGet;

import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Precision;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every job, whatever it optimises. */
final class CommonOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "The exported backbone. Default: savedmodels/vgg19-imagenet, else savedmodels/vgg16-hed.")
  private @Nullable Path model;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Bound on the longer side of each picture in pixels; never enlarges; 0 keeps its own."
              + " Default: 512; 160 in reconstruct.")
  private @Nullable Integer size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the noise. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private ComputeOptions compute;

  Path model() {
    return requireNonNullElseGet(model, ModelChoice::find);
  }

  /** The size given, or what the command takes without one. */
  int size(int usual) {
    return size == null ? usual : size;
  }

  long seed() {
    return seed;
  }

  ComputeSettings compute() {
    return compute.settings(Precision.AUTO);
  }
}
