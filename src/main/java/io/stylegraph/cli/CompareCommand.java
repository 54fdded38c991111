package io.stylegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.Stylizer;
import io.stylegraph.compare.Comparer;
import io.stylegraph.compare.Comparison;
import io.stylegraph.compare.ReferenceRun;
import io.stylegraph.compare.Tolerances.Check;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.recipe.Precision;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the engine against another program's run of the same recipe on the same pixels. */
@Command(
    name = "compare",
    description =
        "Rerun another program's run on the same pixels, and write a page that shows how the two"
            + " part. `make compare` makes such runs in Python.")
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;
  @Mixin private ComputeOptions compute;

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "DIR",
      description = "The other program's run, as stylegraph_export.reference writes it.")
  private Path reference;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The folder for index.html and report.json.")
  private Path output;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "Also list every report in this folder's folders on one page, DIR/index.html.")
  private @Nullable Path index;

  @Override
  public Integer call() throws JsonProcessingException {
    CancellationToken cancellation = SignalCancellation.install();
    ReferenceRun run = ReferenceRun.read(reference);
    try (Stylizer stylizer = model.load(() -> ModelChoice.named(run.model()))) {
      return compare(run, stylizer, cancellation);
    }
  }

  private int compare(ReferenceRun run, Stylizer stylizer, CancellationToken cancellation)
      throws JsonProcessingException {
    Comparer comparer = new Comparer(run, stylizer, compute.settings(Precision.FP32));
    ReportFolder report = ReportFolder.in(output);
    err().println("model   " + InspectCommand.summary(stylizer.model()));
    err()
        .printf(
            "recipe  %s: %d steps, against %s%n",
            run.recipe(), comparer.steps(), run.facts().program());
    Optional<Comparison> found;
    try (Console console = Console.of(err(), comparer.steps())) {
      found = comparer.run(console, cancellation);
    }
    if (found.isEmpty()) {
      err().println("stylegraph: cancelled; nothing written");
      return ExitCode.CANCELLED;
    }
    Comparison comparison = found.get();
    report.write("report.json", json(comparison));
    report.write("index.html", new ComparisonPage(run, comparison).html());
    if (index != null) {
      ComparisonIndex.write(index);
    }
    return tell(comparison);
  }

  private int tell(Comparison comparison) {
    PrintWriter out = spec.commandLine().getOut();
    for (Check check : comparison.checks()) {
      out.printf(
          Locale.ROOT,
          "%-7s %-36s %.3g (%s %.3g)%n",
          check.passed() ? "ok" : "OUTSIDE",
          check.name(),
          check.measured(),
          check.sign(),
          check.limit());
    }
    out.println("wrote " + output.resolve("index.html"));
    return comparison.passed() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String json(Comparison comparison) throws JsonProcessingException {
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(comparison);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
