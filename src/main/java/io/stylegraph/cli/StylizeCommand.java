package io.stylegraph.cli;

import io.stylegraph.RunNotes;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.NativeLibrary;
import io.stylegraph.engine.Outcome;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.WriteSettings;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
  @Mixin private UpdateOptions updates;
  @Mixin private BudgetOptions budget;
  @Mixin private PictureOptions pictures;
  @Mixin private FilmOptions films;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The result; .png, .jpg or .tif.")
  private Path output;

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

  @Mixin private CheckpointOptions checkpoints;

  @Override
  public Integer call() {
    NativeLibrary.loadAhead();
    CancellationToken cancellation = SignalCancellation.install();
    OptionalInt resumed = checkpoints.resumedStep();
    Optional<RunNotes> like = pictures.notes();
    StyleTransferRequest asked = job.request(like, updates::change);
    checkOutputs(asked);
    try (Stylizer stylizer = job.stylizer()) {
      PictureOptions.warnOfOtherModel(like, stylizer.model(), err());
      StyleTransferRequest request = budget.within(stylizer, asked, resumed.isPresent(), err());
      return budget.dryRun() ? ExitCode.OK : run(stylizer, request, cancellation, resumed);
    }
  }

  private int run(
      Stylizer stylizer,
      StyleTransferRequest request,
      CancellationToken cancellation,
      OptionalInt resumed) {
    List<ResultSheet.LossPoint> curve = new ArrayList<>();
    WriteSettings form = pictures.settings(request, stylizer.model());
    PictureListeners listeners = new PictureListeners();
    if (saveEvery != null) {
      listeners.add(saveEvery, this::saveStep);
    }
    try (StyleTransfer run =
            stylizer.prepare(
                request,
                checkpoints.resume(),
                plan -> Console.announce(err(), stylizer.model(), request, plan));
        Film film = films.begin(run, listeners)) {
      Outcome outcome = watch(run, cancellation, resumed, listeners, curve);
      int code = finish(request, outcome, form, curve);
      if (film != null && outcome.steps() > 0) {
        film.end(outcome.picture(), err());
      }
      return code;
    }
  }

  private Outcome watch(
      StyleTransfer run,
      CancellationToken cancellation,
      OptionalInt resumed,
      PictureListeners listeners,
      List<ResultSheet.LossPoint> curve) {
    try (Console console = Console.of(err(), run.steps());
        LossLog lossLog = log == null ? null : new LossLog(log, resumed)) {
      StepListener listener =
          report -> {
            console.onStep(report);
            if (lossLog != null) {
              lossLog.onStep(report);
            }
            curve.add(point(report));
          };
      RunOptions options =
          listeners.apply(RunOptions.none().withListener(listener).withCancellation(cancellation));
      RunOptions saved = checkpoints.apply(options, output);
      return run.run(budget.deadline().map(saved::withDeadline).orElse(saved));
    }
  }

  private void checkOutputs(StyleTransferRequest request) {
    List<Path> inputs = new ArrayList<>(job.inputs());
    pictures.likeFile().ifPresent(inputs::add);
    checkpoints.resume().ifPresent(inputs::add);
    OutputFiles files = new OutputFiles(inputs);
    files.picture("output", output, pictures.settings());
    if (sheet != null) {
      files.picture("sheet", sheet);
    }
    if (log != null) {
      files.file("log", log);
    }
    if (saveEvery != null) {
      Settings.inRange("saveEvery", saveEvery, 1, Recipe.MAX_STEPS);
      files.stepPictures(output, saveEvery, request.recipe().allSteps(Console.longerSide(request)));
    }
    checkpoints.check(files, output);
    films.check(files);
  }

  private int finish(
      StyleTransferRequest request,
      Outcome outcome,
      WriteSettings form,
      List<ResultSheet.LossPoint> curve) {
    if (outcome.steps() == 0) {
      return nothingDone(outcome.stopReason());
    }
    OutputFiles.write(outcome.picture(), output, form);
    if (sheet != null) {
      writeSheet(request, outcome, curve, sheet);
    }
    err()
        .printf(
            "wrote %s after %d steps: from %s to %s%n",
            output, outcome.steps(), Console.text(outcome.first()), Console.text(outcome.losses()));
    explain(outcome);
    checkpoints.finish(outcome.stopReason(), output, err());
    return ExitCode.of(outcome.stopReason());
  }

  private int nothingDone(StopReason reason) {
    if (reason == StopReason.DEADLINE) {
      err().println("stylegraph: the time limit is shorter than one step; nothing written");
      return ExitCode.BAD_INPUT;
    }
    err().println("stylegraph: cancelled before the first step; nothing written");
    return ExitCode.CANCELLED;
  }

  /** Says what went wrong with the loss, if something did. */
  private void explain(Outcome outcome) {
    int step = outcome.steps() + 1;
    if (outcome.stopReason() == StopReason.NON_FINITE_LOSS) {
      err()
          .printf(
              "stylegraph: the loss of step %d was not finite, so the run stopped there; try"
                  + " smaller weights or a smaller learning rate%n",
              step);
    } else if (outcome.stopReason() == StopReason.DIVERGED) {
      err()
          .printf(
              "stylegraph: the loss of step %d was not finite or had exploded, and three resets"
                  + " with smaller steps had not helped, so the run stopped there; try smaller"
                  + " weights, a smaller learning rate or --optimizer lbfgs%n",
              step);
    }
  }

  private void writeSheet(
      StyleTransferRequest request, Outcome outcome, List<ResultSheet.LossPoint> curve, Path file) {
    String caption =
        "%s, %d steps: %s"
            .formatted(request.recipe().name(), outcome.steps(), Console.text(outcome.losses()));
    List<ResultSheet.Panel> panels = new ArrayList<>();
    job.pictures().forEach((label, input) -> panels.add(panel(label, input, request.size())));
    panels.add(new ResultSheet.Panel("result", outcome.picture().toBufferedImage()));
    OutputFiles.write(Picture.from(ResultSheet.draw(panels, curve, caption)), file);
    err().println("wrote " + file);
  }

  private void saveStep(int step, Picture picture) {
    OutputFiles.write(picture, StepFile.of(output, step), pictures.settings());
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private static ResultSheet.Panel panel(String label, Path file, int size) {
    return new ResultSheet.Panel(
        label, PictureResizer.fit(PictureReader.read(file), size).toBufferedImage());
  }

  private static ResultSheet.LossPoint point(StepReport report) {
    Losses losses = report.losses();
    return new ResultSheet.LossPoint(
        report.step(), losses.total(), losses.content(), losses.style(), losses.tv());
  }
}
