package io.stylegraph.cli;

import io.stylegraph.JobPlan;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.Outcome;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeBuilder;
import io.stylegraph.recipe.Recipes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what layers tell of a picture. */
@Command(
    name = "reconstruct",
    description =
        "Draw a picture again from white noise, by its content at each layer or by its style up to"
            + " each, and show them on one sheet.")
final class ReconstructCommand implements Callable<Integer> {
  /**
   * The recipes' weights of total variation, which is a sum over pixels, were chosen at this size;
   * and a sheet is as many runs as it has panels.
   */
  private static final int USUAL_SIZE = 160;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--content",
      paramLabel = "FILE",
      description = "The picture whose features are inverted, those of one layer a panel.")
  private @Nullable Path content;

  @Option(
      names = "--style",
      paramLabel = "FILE",
      description =
          "The picture whose Gram matrices are matched, a panel for each layer with those before"
              + " it. Either this or --content.")
  private @Nullable Path style;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The sheet; .png, .jpg or .jpeg.")
  private Path output;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "LAYER",
      description = "Shallowest first. Default: block1_conv1 to block5_conv1.")
  private List<String> layers = Recipes.FIRST_CONVOLUTIONS;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Of each panel. Default: the recipe's.")
  private @Nullable Integer steps;

  @Option(
      names = "--tv-weight",
      paramLabel = "X",
      description = "Weight of total variation. Default: the recipe's.")
  private @Nullable Double tvWeight;

  @Override
  public Integer call() {
    CancellationToken cancellation = SignalCancellation.install();
    Path file = original();
    Recipe recipe = recipe();
    List<Reconstruction> plan =
        content == null
            ? Reconstruction.ofStyle(recipe, layers)
            : Reconstruction.ofContent(recipe, layers);
    new OutputFiles(List.of(file)).picture("output", output);
    try (Stylizer stylizer = common.stylizer()) {
      return paint(stylizer, file, plan, recipe, cancellation);
    }
  }

  private int paint(
      Stylizer stylizer,
      Path file,
      List<Reconstruction> plan,
      Recipe recipe,
      CancellationToken cancellation) {
    Picture original = PictureResizer.fit(PictureReader.read(file), common.size(USUAL_SIZE));
    PictureSource source = PictureSource.of(original, file.toString());
    begin(stylizer, source, plan);
    List<ResultSheet.Panel> panels = new ArrayList<>();
    panels.add(new ResultSheet.Panel("original", original.toBufferedImage()));
    StopReason reason = StopReason.COMPLETED;
    for (int i = 0; i < plan.size() && ExitCode.of(reason) == ExitCode.OK; i++) {
      reason = paint(stylizer, source, plan.get(i), cancellation, panels);
    }
    if (panels.size() == 1) {
      err().println("stylegraph: cancelled before the first step; nothing written");
    } else {
      write(panels, plan.size(), caption(stylizer, recipe));
    }
    return ExitCode.of(reason);
  }

  private Path original() {
    if (content != null && style == null) {
      return content;
    }
    if (style != null && content == null) {
      return style;
    }
    throw new ParameterException(
        spec.commandLine(), "Give one of --content=FILE, for its features, and --style=FILE");
  }

  private Recipe recipe() {
    RecipeBuilder builder =
        (content == null ? Recipes.STYLE_RECONSTRUCTION : Recipes.CONTENT_RECONSTRUCTION)
            .toBuilder();
    if (steps != null) {
      builder.steps(steps);
    }
    if (tvWeight != null) {
      builder.tvWeight(tvWeight);
    }
    return builder.build();
  }

  private StyleTransferRequest request(PictureSource source, Reconstruction panel) {
    return StyleTransferRequest.of(source, source)
        .withRecipe(panel.recipe())
        .withSize(common.size(USUAL_SIZE))
        .withSeed(common.seed())
        .withCompute(common.compute());
  }

  /** Refuses what any panel would be refused for, before the first is painted. */
  private void begin(Stylizer stylizer, PictureSource source, List<Reconstruction> plan) {
    List<JobPlan> found =
        plan.stream().map(panel -> stylizer.check(request(source, panel))).toList();
    Console.announce(err(), stylizer.model(), request(source, plan.get(0)), found.get(0));
  }

  private StopReason paint(
      Stylizer stylizer,
      PictureSource source,
      Reconstruction panel,
      CancellationToken cancellation,
      List<ResultSheet.Panel> panels) {
    err().println("panel   " + panel.label());
    Outcome outcome;
    try (StyleTransfer run = stylizer.prepare(request(source, panel));
        Console console = Console.of(err(), panel.recipe().steps())) {
      outcome = run.run(RunOptions.none().withListener(console).withCancellation(cancellation));
    }
    if (outcome.steps() > 0) {
      panels.add(panel.drawn(outcome));
      err()
          .printf(
              Locale.ROOT,
              "relative loss %.3g after %d steps%n",
              panel.relativeLoss(outcome.losses()),
              outcome.steps());
    }
    return outcome.stopReason();
  }

  private void write(List<ResultSheet.Panel> panels, int planned, String caption) {
    OutputFiles.write(Picture.from(ResultSheet.draw(panels, List.of(), caption)), output);
    err().printf("wrote %s with %d of %d panels%n", output, panels.size() - 1, planned);
  }

  private static String caption(Stylizer stylizer, Recipe recipe) {
    return "%s on %s: %d steps a panel from white noise, tv weight %s"
        .formatted(recipe.name(), stylizer.model().name(), recipe.steps(), recipe.tvWeight());
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
