package io.stylegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.LayerFacts;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.backbone.ModelInput;
import io.stylegraph.error.ModelException;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a model is. */
@Command(
    name = "inspect",
    description = "Show a model's layers, weights and preprocessing, and the recipes it can run.")
final class InspectCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The backbone, or any convolutional network that Keras exported.")
  private Path model;

  @Option(
      names = "--model-input",
      paramLabel = "NAME",
      description = "What a model without manifest takes, as in stylize; may be left out here.")
  private @Nullable String input;

  @Option(
      names = "--json",
      description = "The manifest as it is, and what was found of parameters and recipes.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    Backbone backbone = backbone();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(backbone)));
    } else {
      print(backbone, out);
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

  private Backbone backbone() {
    if (input != null) {
      return Backbone.load(model, ModelInput.named(input));
    }
    return Backbone.hasManifest(model)
        ? Backbone.load(model)
        : Backbone.load(model, ModelInput.NONE);
  }

  /** Whether the network's input is not known. */
  private boolean isOpen(Manifest manifest) {
    return input == null && manifest.architecture().equals(Manifest.KERAS);
  }

  private ObjectNode json(Backbone backbone) {
    ObjectNode all = JSON.valueToTree(backbone.manifest());
    if (isOpen(backbone.manifest())) {
      all.putNull("preprocessing").putNull("featureUnits");
    }
    all.put("parameters", backbone.parameters());
    all.set("layerFacts", JSON.valueToTree(backbone.layerFacts()));
    ObjectNode recipes = all.putObject("recipes");
    for (Recipe recipe : Recipes.all()) {
      recipes.set(recipe.name(), JSON.valueToTree(obstacles(backbone, recipe)));
    }
    return all;
  }

  private void print(Backbone backbone, PrintWriter out) {
    Manifest manifest = backbone.manifest();
    out.println(summary(manifest));
    printInput(manifest, out);
    if (manifest.calibration() != null) {
      out.printf("blocks rescaled by %s%n", manifest.calibration().blockScales());
    }
    out.printf("parameters: %d%n", backbone.parameters());
    printLayers(manifest.layers(), backbone.layerFacts(), out);
    out.println("recipes:");
    for (Recipe recipe : Recipes.all()) {
      List<String> obstacles = obstacles(backbone, recipe);
      out.printf(
          "  %-22s %s%n",
          recipe.name(),
          obstacles.isEmpty() ? "yes" : "no; missing: " + String.join(", ", obstacles));
    }
  }

  private void printInput(Manifest manifest, PrintWriter out) {
    Manifest.Preprocessing preprocessing = manifest.preprocessing();
    if (isOpen(manifest)) {
      out.printf(
          "input: %s, made as --model-input says; feature units: as --model-input says%n",
          preprocessing.input());
      return;
    }
    out.printf(
        "input: %s, made %s less %s, times %s; feature units: %s%n",
        preprocessing.input(),
        preprocessing.channelOrder(),
        preprocessing.mean(),
        preprocessing.scale(),
        manifest.featureUnits());
  }

  private static void printLayers(
      List<Manifest.Layer> layers, List<LayerFacts> facts, PrintWriter out) {
    int width = layers.stream().mapToInt(it -> it.name().length()).max().orElse(0);
    String line = "%-" + Math.max(14, width) + "s %8s %6s  %-21s %10s%n";
    out.printf(line, "layer", "channels", "stride", "op", "parameters");
    for (int i = 0; i < layers.size(); i++) {
      Manifest.Layer layer = layers.get(i);
      LayerFacts its = facts.get(i);
      out.printf(line, layer.name(), layer.channels(), layer.stride(), its.op(), its.parameters());
    }
  }

  /** What keeps a model from running a recipe: the layers it lacks, or an op without a gradient. */
  private static List<String> obstacles(Backbone backbone, Recipe recipe) {
    List<String> missing = backbone.missing(recipe.layersUsed());
    if (!missing.isEmpty()) {
      return missing;
    }
    try {
      backbone.require(recipe.layersUsed());
      return List.of();
    } catch (ModelException e) {
      return List.of(e.getMessage());
    }
  }
}
