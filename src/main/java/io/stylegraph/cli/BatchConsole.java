package io.stylegraph.cli;

import io.stylegraph.batch.BatchJob;
import io.stylegraph.batch.BatchListener;
import io.stylegraph.batch.BatchProgress;
import io.stylegraph.batch.JobOutcome;
import io.stylegraph.batch.JobOutcome.State;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a batch: a line for each job that ended, and between them how far all are. */
abstract class BatchConsole implements BatchListener, AutoCloseable {
  final PrintWriter out;
  final BatchProgress progress;

  private BatchConsole(PrintWriter out, BatchProgress progress) {
    this.out = out;
    this.progress = progress;
  }

  /** The one that fits where the program's output goes. */
  static BatchConsole of(PrintWriter out, BatchProgress progress) {
    return Console.onTerminal() && progress.jobs() > 0
        ? new Bar(out, progress)
        : new Lines(out, progress);
  }

  @Override
  public final synchronized void onStep(BatchJob job, int step, int steps) {
    progress.onStep(job, step, steps);
    show();
  }

  @Override
  public final synchronized void onEnd(BatchJob job, JobOutcome outcome) {
    progress.onEnd(job, outcome);
    if (outcome.state() != State.CANCELLED) {
      out.println(lineStart() + outcome.text());
      out.flush();
    }
    show();
  }

  /** Says how far all are, if it is time to. */
  abstract void show();

  /** What a line begins with. */
  abstract String lineStart();

  @Override
  public abstract void close();

  /** A plain line every few seconds. */
  private static final class Lines extends BatchConsole {
    private static final double SECONDS_BETWEEN = 10;

    private double next = SECONDS_BETWEEN;

    Lines(PrintWriter out, BatchProgress progress) {
      super(out, progress);
    }

    @Override
    void show() {
      if (progress.seconds() >= next) {
        next = progress.seconds() + SECONDS_BETWEEN;
        out.println(progress.text());
        out.flush();
      }
    }

    @Override
    String lineStart() {
      return "";
    }

    @Override
    public void close() {}
  }

  /** A bar over the steps of all jobs, drawn over itself. */
  private static final class Bar extends BatchConsole {
    /** To the line's start, where what is drawn or printed stands in place of the bar. */
    private static final String ERASE = "\r\u001b[2K";

    private final ProgressBar bar;

    Bar(PrintWriter out, BatchProgress progress) {
      super(out, progress);
      bar =
          new ProgressBarBuilder()
              .setTaskName("step")
              .setInitialMax(progress.steps())
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .setEtaFunction(state -> left())
              .setConsumer(new DelegatingProgressBarConsumer(this::draw))
              .build();
    }

    /** Not as the library does, which draws over the line above. */
    private void draw(String text) {
      out.print(ERASE + text);
      out.flush();
    }

    private Optional<Duration> left() {
      double seconds = progress.secondsLeft();
      return Double.isInfinite(seconds)
          ? Optional.empty()
          : Optional.of(Duration.ofMillis((long) (seconds * 1000)));
    }

    @Override
    void show() {
      bar.maxHint(progress.steps());
      bar.setExtraMessage("  jobs %d/%d".formatted(progress.ended(), progress.jobs()));
      bar.stepTo(progress.step());
    }

    @Override
    String lineStart() {
      return ERASE;
    }

    @Override
    public void close() {
      bar.close();
      out.println();
      out.flush();
    }
  }
}
