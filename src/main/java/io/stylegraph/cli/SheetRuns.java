package io.stylegraph.cli;

import io.stylegraph.Stylizer;
import io.stylegraph.engine.Outcome;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StopReason;
import io.stylegraph.progress.TimeSpan;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Paints a sheet's cells, one after the other, with one model. */
final class SheetRuns {
  private final Stylizer stylizer;
  private final List<SheetCell> cells;
  private final int side;
  private final CancellationToken cancellation;
  private final PrintWriter out;
  private final List<SheetGrid.Cell> painted = new ArrayList<>();
  private int exitCode = ExitCode.OK;

  /**
   * Of one sheet.
   *
   * @param side bounds the longer side of a cell's picture on the sheet
   */
  SheetRuns(
      Stylizer stylizer,
      List<SheetCell> cells,
      int side,
      CancellationToken cancellation,
      PrintWriter out) {
    this.stylizer = stylizer;
    this.cells = cells;
    this.side = side;
    this.cancellation = cancellation;
    this.out = out;
  }

  /** Gets each cell's whole picture. */
  @FunctionalInterface
  interface Keeper {
    void keep(int number, SheetCell cell, Picture picture);
  }

  /** Paints until all are painted or the sheet is cancelled. */
  void run(Keeper keeper) {
    for (int i = 0; i < cells.size() && !cancellation.isCancelled(); i++) {
      out.printf("cell    %d of %d: %s%n", i + 1, cells.size(), cells.get(i).label());
      paint(i, keeper);
    }
    if (cancellation.isCancelled() && !isWhole()) {
      exitCode = ExitCode.CANCELLED;
    }
  }

  /** What the command ends with. */
  int exitCode() {
    return exitCode;
  }

  /** How many have something to show. */
  long shown() {
    return painted.stream().filter(it -> it.picture().isPresent()).count();
  }

  /** All cells; those that were not come to are empty. */
  List<SheetGrid.Cell> drawn() {
    List<SheetGrid.Cell> all = new ArrayList<>(painted);
    while (all.size() < cells.size()) {
      all.add(new SheetGrid.Cell(Optional.empty(), List.of("not run")));
    }
    return all;
  }

  private boolean isWhole() {
    return painted.size() == cells.size() && shown() == cells.size() && exitCode == ExitCode.OK;
  }

  private void paint(int index, Keeper keeper) {
    SheetCell cell = cells.get(index);
    double[] seconds = new double[1];
    try (StyleTransfer run = stylizer.prepare(cell.request());
        Console console = Console.of(out, run.steps())) {
      Outcome outcome =
          run.run(
              RunOptions.none()
                  .withListener(
                      report -> {
                        console.onStep(report);
                        seconds[0] = report.seconds();
                      })
                  .withCancellation(cancellation));
      if (outcome.steps() > 0) {
        keeper.keep(index + 1, cell, outcome.picture());
        painted.add(cell(outcome, run.steps(), seconds[0]));
        exitCode = Math.max(exitCode, ExitCode.of(outcome.stopReason()));
      }
    } catch (NonFiniteLossException e) {
      out.println("stylegraph: " + e.getMessage());
      painted.add(new SheetGrid.Cell(Optional.empty(), List.of("loss not finite at once")));
      exitCode = ExitCode.FAILED;
    }
  }

  private SheetGrid.Cell cell(Outcome outcome, int planned, double seconds) {
    String steps =
        outcome.steps() < planned && outcome.stopReason() != StopReason.CONVERGED
            ? "%d of %d steps".formatted(outcome.steps(), planned)
            : "%d steps".formatted(outcome.steps());
    String lost = ExitCode.of(outcome.stopReason()) == ExitCode.FAILED ? ", then lost" : "";
    BufferedImage small = PictureResizer.fit(outcome.picture(), side).toBufferedImage();
    return new SheetGrid.Cell(
        Optional.of(small),
        List.of(
            steps + ", " + TimeSpan.text(seconds),
            String.format(Locale.ROOT, "total %.4g%s", outcome.losses().total(), lost)));
  }
}
