package io.stylegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.compare.NpyFile;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.progress.Losses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Override
  public Integer call() throws JsonProcessingException {
    StyleTransferRequest request = job.request(recipe -> {}).withStart(PictureSource.of(picture));
    if (gradient != null) {
      List<Path> inputs = new ArrayList<>(job.inputs());
      inputs.add(picture);
      new OutputFiles(inputs).file("gradient", gradient);
    }
    try (Stylizer stylizer = Stylizer.load(job.model());
        StyleTransfer run = stylizer.prepare(request)) {
      print(run.evaluate());
      if (gradient != null) {
        NpyFile.write(gradient, run.gradient(), run.height(), run.width(), 3);
      }
    }
    return ExitCode.OK;
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
