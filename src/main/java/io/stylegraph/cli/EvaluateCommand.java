package io.stylegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.LossFields;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.compare.NpyFile;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The objective of a picture that is there already. */
@Command(
    name = "evaluate",
    description = "Compute the losses of a picture, and their gradient, without changing it.")
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobOptions job;

  @Option(
      names = "--picture",
      required = true,
      paramLabel = "FILE",
      description = "The picture to look at.")
  private Path picture;

  @Option(names = "--json", description = "Print the losses as a JSON object.")
  private boolean json;

  @Option(
      names = "--gradient",
      paramLabel = "FILE.npy",
      description = "Write the gradient of the total, float32 [height, width, 3].")
  private @Nullable Path gradient;

  @Option(
      names = "--features",
      paramLabel = "LAYER=FILE.npy",
      description =
          "Write what the recipe compares at one of its layers, float32 [height * width,"
              + " channels]. Repeatable.")
  private Map<String, Path> features = Map.of();

  @Override
  public Integer call() throws JsonProcessingException {
    StyleTransferRequest request = job.request(recipe -> {}).withStart(PictureSource.of(picture));
    checkOutputs(request.recipe());
    try (Stylizer stylizer = job.stylizer();
        StyleTransfer run = stylizer.prepare(request)) {
      print(run.evaluate());
      if (gradient != null) {
        NpyFile.write(gradient, run.gradient(), run.height(), run.width(), 3);
      }
      for (Manifest.Layer layer : stylizer.model().layers()) {
        Path file = features.get(layer.name());
        if (file != null) {
          float[] values = run.features(layer.name());
          NpyFile.write(file, values, values.length / layer.channels(), layer.channels());
        }
      }
    }
    return ExitCode.OK;
  }

  private void checkOutputs(Recipe recipe) {
    List<Path> inputs = new ArrayList<>(job.inputs());
    inputs.add(picture);
    OutputFiles outputs = new OutputFiles(inputs);
    if (gradient != null) {
      outputs.file("gradient", gradient);
    }
    features.forEach(
        (layer, file) -> {
          if (!recipe.layersUsed().contains(layer)) {
            throw new InvalidSettingException(
                "features",
                "features (%s) must be of a layer that the recipe uses: %s"
                    .formatted(layer, String.join(", ", recipe.layersUsed())));
          }
          outputs.file("features", file);
        });
  }

  private void print(Losses losses) throws JsonProcessingException {
    spec.commandLine()
        .getOut()
        .println(
            json
                ? new ObjectMapper().writeValueAsString(LossFields.of(losses))
                : Console.text(losses));
  }
}
