package io.stylegraph.cli;

import com.sun.jna.Platform;
import io.stylegraph.JobPlan;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.TimeSpan;
import io.stylegraph.recipe.Recipe;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the steps: a bar on a terminal, else a plain line every few seconds. */
interface Console extends StepListener, AutoCloseable {
  @Override
  void close();

  /** The one that fits where the program's output goes. */
  static Console of(PrintWriter out, int steps) {
    return onTerminal() ? new Bar(steps) : new Lines(out);
  }

  /** Whether standard error is one. */
  static boolean onTerminal() {
    int standardError = 2;
    return !Platform.isWindows() && CLibrary.INSTANCE.isatty(standardError) == 1;
  }

  /** Says what is about to run. */
  static void announce(
      PrintWriter out, Manifest model, StyleTransferRequest request, JobPlan plan) {
    Recipe recipe = request.recipe();
    out.println("model   " + InspectCommand.summary(model));
    out.printf(
        "recipe  %s: %d steps of %s at %s%n",
        recipe.name(), plan.steps(), recipe.optimizer().kind(), recipe.optimizer().learningRate());
    out.println("runs on " + plan.compute().describe());
    plan.tiles().ifPresent(it -> out.println("in      " + it.text()));
    out.flush();
  }

  /** The most that the pictures' longer side may be. */
  static int longerSide(StyleTransferRequest request) {
    return request.size() == 0 ? StyleTransferRequest.MAX_SIZE : request.size();
  }

  /** The terms of the objective, short. */
  static String text(Losses losses) {
    return String.format(
        Locale.ROOT,
        "total %.4g (content %.3g, style %.3g, tv %.3g)",
        losses.total(),
        losses.content(),
        losses.style(),
        losses.tv());
  }

  /** A line for the first and the last step and one every few seconds. */
  final class Lines implements Console {
    private static final double SECONDS_BETWEEN = 10;

    private final PrintWriter out;
    private double next;

    Lines(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void onStep(StepReport report) {
      if (report.seconds() < next && report.step() < report.steps()) {
        return;
      }
      next = report.seconds() + SECONDS_BETWEEN;
      out.printf(
          Locale.ROOT,
          "step %d/%d  %s  %.2f steps/s  %s left%n",
          report.step(),
          report.steps(),
          text(report.losses()),
          report.stepsPerSecond(),
          TimeSpan.text(report.secondsLeft()));
      out.flush();
    }

    @Override
    public void close() {}
  }

  /** A bar that is drawn over itself. */
  final class Bar implements Console {
    private final ProgressBar bar;

    Bar(int steps) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("step")
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
    }

    @Override
    public void onStep(StepReport report) {
      bar.setExtraMessage("  " + text(report.losses()));
      bar.stepTo(report.step());
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
