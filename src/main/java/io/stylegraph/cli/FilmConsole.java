package io.stylegraph.cli;

import io.stylegraph.film.FilmListener;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.TimeSpan;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a film's frames: a bar on a terminal, else a plain line every few seconds. */
final class FilmConsole implements FilmListener, AutoCloseable {
  private static final double SECONDS_BETWEEN = 10;
  private static final double NANOS = 1e9;

  private final PrintWriter out;
  private final int frames;
  private final int firstSteps;
  private final int frameSteps;
  private final @Nullable ProgressBar bar;
  private final long begun = System.nanoTime();
  private Losses last = new Losses(0, 0, 0, 0);
  private int framesDone;
  private int stepsDone;
  private int stepsAll;
  private double next;

  /**
   * Of a film.
   *
   * @param firstSteps of each shot's first frame
   * @param frameSteps of each other
   */
  FilmConsole(PrintWriter out, int frames, int shots, int firstSteps, int frameSteps) {
    this.out = out;
    this.frames = frames;
    this.firstSteps = firstSteps;
    this.frameSteps = frameSteps;
    stepsAll = shots * firstSteps + (frames - shots) * frameSteps;
    bar =
        Console.onTerminal()
            ? new ProgressBarBuilder()
                .setTaskName("step")
                .setInitialMax(stepsAll)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build()
            : null;
  }

  @Override
  public synchronized void onStep(int frame, Losses losses) {
    stepsDone++;
    last = losses;
    if (bar != null) {
      bar.setExtraMessage("  frame %d/%d".formatted(framesDone, frames));
      bar.stepTo(stepsDone);
    }
  }

  @Override
  public synchronized void onFrame(int frame) {
    framesDone++;
    double seconds = (System.nanoTime() - begun) / NANOS;
    if (bar == null && (seconds >= next || framesDone == frames)) {
      next = seconds + SECONDS_BETWEEN;
      out.printf(
          Locale.ROOT,
          "frame %d/%d  total %.4g (temporal %.3g)  %.2f steps/s  %s left%n",
          framesDone,
          frames,
          last.total(),
          last.temporal(),
          stepsDone / seconds,
          TimeSpan.text((stepsAll - stepsDone) * seconds / Math.max(1, stepsDone)));
      out.flush();
    }
  }

  @Override
  public synchronized void onKept(int kept) {
    if (kept > 0) {
      framesDone += kept;
      stepsAll -= firstSteps + (kept - 1) * frameSteps;
      if (bar != null) {
        bar.maxHint(stepsAll);
      }
    }
  }

  /** How many frames are painted. */
  synchronized int framesDone() {
    return framesDone;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
