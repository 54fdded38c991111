package io.stylegraph.cli;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.StyleTransferResult;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.Compute;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeBuilder;
import io.stylegraph.recipe.Settings;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
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

/** Paints one picture in the style of another. */
@Command(name = "stylize", description = "Paint one picture in the style of another.")
final class StylizeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobOptions job;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The result; .png, .jpg or .jpeg.")
  private Path output;

  @Option(names = "--steps", paramLabel = "N", description = "Default: the recipe's.")
  private @Nullable Integer steps;

  @Option(names = "--optimizer", paramLabel = "adam|lbfgs", description = "Default: the recipe's.")
  private @Nullable String optimizer;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Default: the recipe's.")
  private @Nullable Double learningRate;

  @Option(
      names = "--log",
      paramLabel = "FILE.jsonl",
      description = "Write step, losses and seconds, one JSON object a line.")
  private @Nullable Path log;

  @Option(
      names = "--save-every",
      paramLabel = "N",
      description = "Save the picture every N steps beside the output, named by its step.")
  private @Nullable Integer saveEvery;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "Also draw content, style, result and the loss curves on one sheet.")
  private @Nullable Path sheet;

  @Override
  public Integer call() {
    CancellationToken cancellation = SignalCancellation.install();
    TensorFlowLibrary.startLoading();
    StyleTransferRequest request = job.request(this::change);
    checkOutputs();
    Stylizer stylizer = Stylizer.load(job.model());
    announce(stylizer, request);
    List<ResultSheet.LossPoint> curve = new ArrayList<>();
    StyleTransferResult result;
    try (Console console = Console.of(err(), request.recipe().steps());
        LossLog lossLog = log == null ? null : new LossLog(log)) {
      StepListener listener =
          report -> {
            console.onStep(report);
            if (lossLog != null) {
              lossLog.onStep(report);
            }
            curve.add(point(report));
          };
      result =
          stylizer.stylize(
              request,
              new RunOptions(
                  listener, cancellation, saveEvery == null ? 0 : saveEvery, this::saveStep));
    }
    return finish(request, result, curve);
  }

  private void change(RecipeBuilder recipe) {
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

  private void checkOutputs() {
    List<Path> inputs = new ArrayList<>(List.of(job.content(), job.style()));
    job.startFile().ifPresent(inputs::add);
    for (Path file : sheet == null ? List.of(output) : List.of(output, sheet)) {
      PictureWriter.check(file);
      PictureWriter.refuseSameFile(file, inputs);
    }
    if (saveEvery != null) {
      Settings.inRange("saveEvery", saveEvery, 1, Recipe.MAX_STEPS);
    }
  }

  private void announce(Stylizer stylizer, StyleTransferRequest request) {
    Recipe recipe = request.recipe();
    err().println("model   " + InspectCommand.summary(stylizer.model()));
    err()
        .printf(
            "recipe  %s: %d steps of %s at %s%n",
            recipe.name(),
            recipe.steps(),
            recipe.optimizer().kind(),
            recipe.optimizer().learningRate());
    err().println("runs on " + Compute.resolve(request.compute()).describe());
    err().flush();
  }

  private int finish(
      StyleTransferRequest request, StyleTransferResult result, List<ResultSheet.LossPoint> curve) {
    if (result.steps() == 0) {
      err().println("stylegraph: cancelled before the first step; nothing written");
      return ExitCode.CANCELLED;
    }
    PictureWriter.write(result.picture(), output);
    if (sheet != null) {
      writeSheet(request, result, curve, sheet);
    }
    err()
        .printf(
            "wrote %s after %d steps: from %s to %s%n",
            output,
            result.steps(),
            Console.text(result.firstLosses()),
            Console.text(result.losses()));
    return switch (result.stopReason()) {
      case COMPLETED, CONVERGED -> ExitCode.OK;
      case CANCELLED -> ExitCode.CANCELLED;
      case NON_FINITE_LOSS -> {
        err()
            .printf(
                "stylegraph: the loss of step %d was not finite, so the run stopped there; try"
                    + " smaller weights or a smaller learning rate%n",
                result.steps() + 1);
        yield ExitCode.FAILED;
      }
    };
  }

  private void writeSheet(
      StyleTransferRequest request,
      StyleTransferResult result,
      List<ResultSheet.LossPoint> curve,
      Path file) {
    String caption =
        "%s, %d steps: %s"
            .formatted(request.recipe().name(), result.steps(), Console.text(result.losses()));
    BufferedImage drawn =
        ResultSheet.draw(
            input(request.content(), request.size()),
            input(request.style(), request.size()),
            result.picture().toBufferedImage(),
            curve,
            caption);
    PictureWriter.write(Picture.from(drawn), file);
    err().println("wrote " + file);
  }

  private void saveStep(int step, Picture picture) {
    PictureWriter.write(picture, StepFile.of(output, step));
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private static BufferedImage input(PictureSource source, int size) {
    return PictureResizer.fit(source.read(), size).toBufferedImage();
  }

  private static ResultSheet.LossPoint point(StepReport report) {
    Losses losses = report.losses();
    return new ResultSheet.LossPoint(
        report.step(), losses.total(), losses.content(), losses.style(), losses.tv());
  }
}
