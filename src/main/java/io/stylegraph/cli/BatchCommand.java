package io.stylegraph.cli;

import io.stylegraph.ModelSource;
import io.stylegraph.RunNotes;
import io.stylegraph.Stylizer;
import io.stylegraph.StylizerLimits;
import io.stylegraph.batch.BatchCluster;
import io.stylegraph.batch.BatchListener;
import io.stylegraph.batch.BatchOrder;
import io.stylegraph.batch.BatchPlan;
import io.stylegraph.batch.BatchProgress;
import io.stylegraph.batch.BatchRun;
import io.stylegraph.batch.JobFiles;
import io.stylegraph.batch.JobList;
import io.stylegraph.batch.JobOutcome;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.batch.JobPainter;
import io.stylegraph.batch.LocalFiles;
import io.stylegraph.batch.Outcomes;
import io.stylegraph.batch.PlannedJob;
import io.stylegraph.engine.NativeLibrary;
import io.stylegraph.engine.SystemMemory;
import io.stylegraph.progress.CancellationToken;
import io.stylegraph.recipe.Settings;
import io.stylegraph.service.ServiceSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Paints many pictures; run again, only those that are missing or changed. */
@Command(
    name = "batch",
    description = "Paint many pictures; run again, it paints only what is missing or has changed.")
final class BatchCommand implements Callable<Integer> {
  private static final int MOST_AT_ONCE = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--jobs",
      required = true,
      paramLabel = "FILE.jsonl|DIR",
      converter = StoreName.class,
      description =
          "One job a line, as JSON (see docs/batch.md); or a folder, each picture of which gets each"
              + " --style.")
  private String jobs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      converter = StoreName.class,
      description = "The folder of results, logs, outcomes and their table, outcomes.csv.")
  private String out;

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      description = "Jobs that run at once. Default: 1; from 8 cores on 2.")
  private @Nullable Integer maxJobs;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Run the jobs on Apache Spark: local[*], spark://HOST:PORT, yarn or k8s://HOST:PORT; see"
              + " docs/spark.md.")
  private @Nullable String master;

  @Mixin private BatchOptions options;

  @Override
  public Integer call() {
    Optional<BatchCluster> cluster = BatchCluster.here();
    if (master != null && cluster.isEmpty()) {
      SparkSubmit.here().become(master, spec.root().commandLine().getParseResult().originalArgs());
    }
    NativeLibrary.loadAhead();
    CancellationToken cancellation = SignalCancellation.install();
    int atOnce = maxJobs == null ? ServiceSettings.usualJobs() : maxJobs;
    Settings.inRange("max-jobs", atOnce, 1, MOST_AT_ONCE);
    JobFiles files = cluster.map(it -> it.files(out)).orElseGet(() -> new LocalFiles(Path.of(out)));
    JobList list = JobList.read(files.resolve("", jobs), options.usual(), files);
    ModelSource model = options.model();
    try (Stylizer stylizer = model.load(StylizerLimits.DEFAULT.withConcurrentJobs(atOnce))) {
      files.prepare();
      say("model     " + InspectCommand.summary(stylizer.model()));
      String checksum = RunNotes.checksum(stylizer.model());
      BatchOrder order = new BatchOrder(model, checksum, files.output(""), atOnce);
      return run(
          list,
          files,
          plan(list, files, stylizer, cluster),
          (jobs, console) ->
              cluster.isPresent()
                  ? cluster.get().run(order, jobs, console, cancellation)
                  : new BatchRun(new JobPainter(stylizer, files), atOnce, console)
                      .run(jobs, cancellation));
    }
  }

  private static BatchPlan plan(
      JobList list, JobFiles files, Stylizer stylizer, Optional<BatchCluster> cluster) {
    long memory = cluster.map(BatchCluster::memory).orElseGet(SystemMemory::availableBytes);
    return BatchPlan.of(list, files, stylizer, memory);
  }

  private int run(
      JobList list,
      JobFiles files,
      BatchPlan plan,
      BiFunction<List<PlannedJob>, BatchListener, List<JobOutcome>> painting) {
    announce(list, plan);
    List<JobOutcome> outcomes = new ArrayList<>(plan.settled());
    BatchProgress progress = new BatchProgress(plan.pending(), System::nanoTime);
    try (BatchConsole console = BatchConsole.of(err(), progress)) {
      outcomes.addAll(painting.apply(plan.pending(), console));
    }
    return finish(list.inOrder(outcomes), files);
  }

  private void announce(JobList list, BatchPlan plan) {
    List<JobOutcome> refused =
        list.inOrder(plan.settled()).stream().filter(it -> it.state() == State.REFUSED).toList();
    say(
        "jobs      %d to run, %d there already, %d refused%s"
            .formatted(
                plan.pending().size(),
                plan.settled().size() - refused.size(),
                refused.size(),
                list.ignored() == 0
                    ? ""
                    : "; files that are no pictures: %d".formatted(list.ignored())));
    refused.forEach(it -> say(it.text()));
  }

  private int finish(List<JobOutcome> outcomes, JobFiles files) {
    Outcomes.writeTable(outcomes, files);
    String counts =
        Stream.of(State.values())
            .filter(it -> count(outcomes, it) > 0)
            .map(it -> count(outcomes, it) + " " + Settings.word(it))
            .collect(Collectors.joining(", "));
    say("wrote %s: %s".formatted(files.output(Outcomes.TABLE), counts));
    if (count(outcomes, State.CANCELLED) > 0) {
      return ExitCode.CANCELLED;
    }
    if (count(outcomes, State.FAILED) > 0) {
      return ExitCode.FAILED;
    }
    return count(outcomes, State.REFUSED) > 0 ? ExitCode.BAD_INPUT : ExitCode.OK;
  }

  private static long count(List<JobOutcome> outcomes, State state) {
    return outcomes.stream().filter(it -> it.state() == state).count();
  }

  private void say(String line) {
    err().println(line);
    err().flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** A path, or a URI of a store that Spark knows; checked as a path is. */
  static final class StoreName implements ITypeConverter<String> {
    @Override
    public String convert(String name) {
      Main.path(name);
      return name;
    }
  }
}
