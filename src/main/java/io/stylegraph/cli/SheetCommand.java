package io.stylegraph.cli;

import io.stylegraph.JobPlan;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.NativeLibrary;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.recipe.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what one setting or two do. */
@Command(
    name = "sheet",
    description = "Paint one picture with several values of one setting or two, on one sheet.")
final class SheetCommand implements Callable<Integer> {
  private static final long MAX_PIXELS = 40_000_000;

  /** Of the content and the styles that are shown. */
  private static final int MAX_INPUTS = 8;

  @Spec private CommandSpec spec;
  @Mixin private JobOptions job;

  @SuppressWarnings("UnusedVariable") // Each cell reads them anew.
  @Mixin
  private UpdateOptions updates;

  @SuppressWarnings("UnusedVariable") // Likewise.
  @Mixin
  private PictureOptions pictures;

  @Option(
      names = "--vary",
      required = true,
      paramLabel = "NAME=VALUE,...",
      description =
          "An option of these without its dashes, as in style-weight=1e-3,1e-2, or a part of the"
              + " recipe as in --set; between values that hold commas stands a semicolon. Once for"
              + " columns, twice for columns and rows; at most 64 cells.")
  private List<String> vary = List.of();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The sheet; .png, .jpg or .tif.")
  private Path output;

  @Option(
      names = "--cell",
      paramLabel = "N",
      defaultValue = "320",
      description =
          "Bound on the longer side of a picture on the sheet in pixels. Default:"
              + " ${DEFAULT-VALUE}.")
  private int side;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "Also write each picture as it is, named by its settings.")
  private @Nullable Path keep;

  @Override
  public Integer call() {
    NativeLibrary.loadAhead();
    CancellationToken cancellation = SignalCancellation.install();
    SheetPlan plan = SheetPlan.parse(vary);
    checkSize(plan);
    List<SheetCell> cells =
        plan.cells().stream()
            .map(it -> new SheetCell(spec.commandLine().getParseResult(), it))
            .toList();
    checkOutputs(cells);
    try (Stylizer stylizer = job.stylizer()) {
      List<JobPlan> found = cells.stream().map(it -> it.check(stylizer)).toList();
      StyleTransferRequest first = cells.get(0).request();
      err().println("model   " + InspectCommand.summary(stylizer.model()));
      err().println("runs on " + found.get(0).compute().describe());
      SheetRuns runs = new SheetRuns(stylizer, cells, side, cancellation, err());
      try {
        runs.run((number, cell, picture) -> keep(number, cell, picture, stylizer));
      } finally {
        write(plan, cells, runs, caption(stylizer, plan, first));
      }
      return runs.exitCode();
    }
  }

  private void checkSize(SheetPlan plan) {
    Settings.inRange("cell", side, 16, 2048);
    int columns = plan.columnHeadings().size();
    int across = plan.rows().isEmpty() ? Math.min(SheetGrid.COLUMNS, columns) : columns;
    long width = (long) across * (side + SheetGrid.GAP);
    long height = ((plan.size() - 1L) / across + 2) * (side + SheetGrid.GAP);
    if (width * height > MAX_PIXELS) {
      throw new InvalidSettingException(
          "cell",
          "cell (%d) makes a sheet of about %dx%d pixels; give a smaller one or fewer values"
              .formatted(side, width, height));
    }
  }

  private void checkOutputs(List<SheetCell> cells) {
    OutputFiles files = new OutputFiles(cells.stream().flatMap(SheetCell::inputs).toList());
    files.picture("output", output);
    if (keep != null) {
      ReportFolder.in(keep);
      for (int i = 0; i < cells.size(); i++) {
        files.picture("keep", kept(keep, i + 1, cells.get(i)), cells.get(i).form());
      }
    }
  }

  private void keep(int number, SheetCell cell, Picture picture, Stylizer stylizer) {
    if (keep != null) {
      OutputFiles.write(picture, kept(keep, number, cell), cell.form(stylizer.model()));
    }
  }

  private static Path kept(Path folder, int number, SheetCell cell) {
    String name = cell.fileName();
    return folder.resolve(
        "%02d_%s.png".formatted(number, name.substring(0, Math.min(name.length(), 150))));
  }

  private void write(SheetPlan plan, List<SheetCell> cells, SheetRuns runs, String caption) {
    if (runs.shown() == 0) {
      err().println("stylegraph: no cell was painted; no sheet written");
      return;
    }
    Picture sheet =
        Picture.from(
            SheetGrid.draw(
                inputs(cells), plan.columnHeadings(), plan.rowHeadings(), runs.drawn(), caption));
    OutputFiles.write(sheet, output);
    err().printf("wrote %s with %d of %d cells%n", output, runs.shown(), cells.size());
  }

  /** The contents and styles of all cells, each once. */
  private List<ResultSheet.Panel> inputs(List<SheetCell> cells) {
    Map<Path, String> labels = new LinkedHashMap<>();
    cells.forEach(
        cell -> cell.pictures().forEach((label, file) -> labels.putIfAbsent(file, label)));
    List<ResultSheet.Panel> panels = new ArrayList<>();
    labels.forEach(
        (file, label) -> {
          if (panels.size() < MAX_INPUTS) {
            Picture small = PictureResizer.fit(PictureReader.read(file), side);
            panels.add(new ResultSheet.Panel(label, small.toBufferedImage()));
          }
        });
    return panels;
  }

  private String caption(Stylizer stylizer, SheetPlan plan, StyleTransferRequest first) {
    String recipe = plan.varies("recipe") ? "" : ", recipe " + first.recipe().name();
    String size = plan.varies("size") ? "" : ", size " + first.size();
    return "model %s%s%s".formatted(stylizer.model().name(), recipe, size);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
