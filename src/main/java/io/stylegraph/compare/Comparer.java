package io.stylegraph.compare;

import com.google.common.math.Quantiles;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.Compute;
import io.stylegraph.engine.Outcome;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.engine.StyleTransfer;
import io.stylegraph.engine.SystemMemory;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import io.stylegraph.progress.StopReason;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Start;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the recipe of a {@link ReferenceRun} in the engine and finds how the two part. */
public final class Comparer {
  private final ReferenceRun reference;
  private final Stylizer stylizer;
  private final StyleTransferRequest request;

  /**
   * Prepares a comparison.
   *
   * @throws InvalidSettingException if the run is of an unknown recipe or another backbone, or not
   *     whole
   */
  public Comparer(ReferenceRun reference, Stylizer stylizer, ComputeSettings compute) {
    if (!reference.model().equals(stylizer.model().name())) {
      throw new InvalidSettingException(
          "model",
          "model (%s) is not that of the reference; choose %s"
              .formatted(stylizer.model().name(), reference.model()));
    }
    this.reference = reference;
    this.stylizer = stylizer;
    this.request = request(reference).withCompute(compute);
    reference.require(request.recipe().layersUsed());
  }

  /** How many steps it will run. */
  public int steps() {
    return request.recipe().steps();
  }

  /**
   * Runs and compares.
   *
   * @param listener hears of each step
   * @return nothing if it was cancelled
   * @throws io.stylegraph.error.StylegraphException if the reference is damaged or the run fails
   */
  public Optional<Comparison> run(StepListener listener, CancellationToken cancellation) {
    List<StepReport> reports = new ArrayList<>();
    StepListener both =
        report -> {
          reports.add(report);
          listener.onStep(report);
        };
    Outcome outcome;
    Compute compute;
    try (StyleTransfer transfer = stylizer.prepare(request)) {
      compute = transfer.compute();
      outcome = transfer.run(RunOptions.none().withListener(both).withCancellation(cancellation));
    }
    return outcome.stopReason() == StopReason.CANCELLED
        ? Optional.empty()
        : Optional.of(compare(outcome.picture(), reports, facts(compute, reports)));
  }

  private Comparison compare(Picture picture, List<StepReport> reports, RunFacts facts) {
    List<Comparison.Layer> features;
    Comparison.Evaluated start;
    try (StyleTransfer transfer = stylizer.prepare(request)) {
      start =
          new Comparison.Evaluated(
              reference.startLosses(),
              transfer.evaluate(),
              Difference.of(reference.startGradient(), transfer.gradient()));
      features =
          request.recipe().layersUsed().stream()
              .map(
                  layer ->
                      new Comparison.Layer(
                          layer,
                          Difference.of(reference.features(layer), transfer.features(layer))))
              .toList();
    }
    Comparison.Evaluated result;
    try (StyleTransfer transfer = stylizer.prepare(request.withStart(reference.result()))) {
      result =
          new Comparison.Evaluated(
              reference.resultLosses(),
              transfer.evaluate(),
              Difference.of(reference.resultGradient(), transfer.gradient()));
    }
    boolean adam = request.recipe().optimizer() instanceof AdamSettings;
    return new Comparison(
        request.recipe().name(),
        reference.model(),
        picture.width(),
        picture.height(),
        reference.facts(),
        facts,
        features,
        start,
        result,
        adam ? Tolerances.FIRST_ADAM_STEPS : Tolerances.FIRST_LBFGS_EVALUATIONS,
        sideBySide(reports),
        Similarity.of(reference.result().read(), picture),
        reference.rounding(),
        picture);
  }

  private List<Comparison.Step> sideBySide(List<StepReport> reports) {
    List<Losses> expected = reference.log();
    List<Comparison.Step> steps = new ArrayList<>();
    for (int i = 0; i < Math.min(expected.size(), reports.size()); i++) {
      steps.add(new Comparison.Step(i + 1, expected.get(i), reports.get(i).losses()));
    }
    return steps;
  }

  private static RunFacts facts(Compute compute, List<StepReport> reports) {
    return new RunFacts(
        "Stylegraph, " + compute.describe(),
        reports.size(),
        secondsPerStep(reports),
        SystemMemory.peakBytes().orElse(0),
        Map.of("java", Runtime.version().toString()),
        Map.of(
            "system",
            "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
            "cores",
            String.valueOf(Runtime.getRuntime().availableProcessors())));
  }

  private static double secondsPerStep(List<StepReport> reports) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 1; i < reports.size(); i++) {
      seconds.add(reports.get(i).seconds() - reports.get(i - 1).seconds());
    }
    return seconds.isEmpty() ? reports.get(0).seconds() : Quantiles.median().compute(seconds);
  }

  /**
   * The job from the reference's first picture; where that is the content picture, as anyone would
   * start from it.
   */
  private static StyleTransferRequest request(ReferenceRun reference) {
    Recipe recipe =
        Recipes.named(reference.recipe()).toBuilder()
            .steps(reference.facts().steps())
            .start(Start.CONTENT)
            .build();
    StyleTransferRequest fromContent =
        StyleTransferRequest.of(reference.content(), reference.style())
            .withSize(0)
            .withRecipe(recipe);
    return Arrays.equals(rgb(reference.start()), rgb(reference.content()))
        ? fromContent
        : fromContent.withStart(reference.start());
  }

  private static float[] rgb(PictureSource source) {
    return source.read().rgb();
  }
}
