package io.stylegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.Stylizer;
import io.stylegraph.backbone.Manifest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a model is. */
@Command(name = "inspect", description = "Show a model's layers, weights and preprocessing.")
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The exported backbone.")
  private Path model;

  @Option(names = "--json", description = "The manifest as it is.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    Manifest manifest;
    try (Stylizer stylizer = Stylizer.load(model)) {
      manifest = stylizer.model();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
    } else {
      print(manifest, out);
    }
    return ExitCode.OK;
  }

  /** The line that every run begins with. */
  static String summary(Manifest manifest) {
    Manifest.Weights weights = manifest.weights();
    return "%s: %s, %s weights (%s; %s)"
        .formatted(
            manifest.name(),
            manifest.architecture(),
            weights.kind(),
            weights.source(),
            weights.licence());
  }

  private static void print(Manifest manifest, PrintWriter out) {
    Manifest.Preprocessing preprocessing = manifest.preprocessing();
    out.println(summary(manifest));
    out.printf(
        "input: %s, made %s less %s, times %s; feature units: %s%n",
        preprocessing.input(),
        preprocessing.channelOrder(),
        preprocessing.mean(),
        preprocessing.scale(),
        manifest.featureUnits());
    if (manifest.calibration() != null) {
      out.printf("blocks rescaled by %s%n", manifest.calibration().blockScales());
    }
    out.printf("%-14s %8s %6s%n", "layer", "channels", "stride");
    for (Manifest.Layer layer : manifest.layers()) {
      out.printf("%-14s %8d %6d%n", layer.name(), layer.channels(), layer.stride());
    }
  }
}
