package io.stylegraph.engine;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Recipes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * Where the time of a step goes, as Markdown: the evaluation of {@code stylize} with {@code
 * tf-eager} (the update comes after it), timed as it is and then traced op by op, beside what the
 * machine does at best. {@code make profile} runs it; docs/profile.md tells what was found.
 */
final class StepProfile {
  private static final int WARM_UP = 3;
  private static final int STEPS = 9;
  private static final int SLOWEST = 16;
  private static final RunOptions TRACE =
      RunOptions.newBuilder()
          .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
          .setInterOpThreadPool(-1)
          .setOutputPartitionGraphs(true)
          .build();

  private final WholeEvaluator objective;
  private final TFloat32 picture;

  private StepProfile(WholeEvaluator objective, TFloat32 picture) {
    this.objective = objective;
    this.picture = picture;
  }

  /** Takes a model's folder and the pictures' width; they are three quarters of it high. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    int width = Integer.parseInt(args[1]);
    int height = width * 3 / 4;
    Compute compute = Compute.resolve(ComputeSettings.AUTO);
    System.out.printf("%s, %dx%d, %s%n%n", args[0], width, height, compute.describe());
    var content = TinyModel.picture(width, height, 1);
    TransferPictures pictures =
        TransferPictures.of(content, TinyModel.picture(width, height, 2), content);
    try (SharedNetwork network = new SharedNetwork(Backbone.load(Path.of(args[0])));
        SharedNetwork.Lease<Objective> lease = network.lease(Recipes.TF_EAGER, 0, false, compute);
        TFloat32 picture = Tensors.of(Tensors.shape(content), content.rgb());
        WholeEvaluator objective =
            new WholeEvaluator(lease.objective(), () -> {}, Recipes.TF_EAGER, pictures)) {
      objective.evaluate(picture, content.rgb());
      new StepProfile(objective, picture).print(MachinePeak.measure(compute));
    }
  }

  private void print(MachinePeak peak) {
    milliseconds(WARM_UP, StepProfile::run);
    double plain = milliseconds(STEPS, StepProfile::run);
    List<RunMetadata> traces = new ArrayList<>();
    double traced = milliseconds(STEPS, runner -> traces.add(trace(runner)));
    List<List<OpRun>> steps = traces.stream().map(OpRun::of).toList();
    System.out.printf(
        "a step: %.1f ms; traced: %.1f ms, of which %.1f ms without any op%n",
        plain, traced, traced - median(steps.stream().mapToDouble(StepProfile::busy)));
    System.out.printf(
        "at best: %.0f GFLOP/s (matrix product), %.1f GB/s (sum of arrays), %.2f ms an empty run%n",
        peak.gflops(), peak.gigabytes(), peak.runMilliseconds());
    heading("kind of op");
    for (OpKind kind : OpKind.values()) {
      row(kind.toString(), kind, steps, op -> op.kind() == kind, peak);
    }
    heading("slowest ops");
    steps.get(0).stream()
        .sorted(Comparator.comparingDouble(OpRun::milliseconds).reversed())
        .limit(SLOWEST)
        .forEach(
            slow ->
                row(
                    "%s (%s) %s".formatted(slow.name(), slow.op(), slow.shape()),
                    slow.kind(),
                    steps,
                    op -> op.name().equals(slow.name()),
                    peak));
  }

  private static void heading(String first) {
    System.out.printf(
        "%n| %s | ops | ms | share, %% | GFLOP | GFLOP/s | GB/s | of the best, %% |%n", first);
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  }

  private static void row(
      String name, OpKind kind, List<List<OpRun>> steps, Predicate<OpRun> which, MachinePeak peak) {
    double all = median(steps.stream().mapToDouble(step -> sum(step, OpRun::milliseconds)));
    List<List<OpRun>> chosen =
        steps.stream().map(step -> step.stream().filter(which).toList()).toList();
    if (chosen.get(0).isEmpty()) {
      return;
    }
    double milliseconds =
        median(chosen.stream().mapToDouble(step -> sum(step, OpRun::milliseconds)));
    double gigaflop = sum(chosen.get(0), OpRun::flop) / 1e9;
    double gigabytes = sum(chosen.get(0), OpRun::bytes) / 1e9;
    double perSecond = 1e3 / milliseconds;
    double best = kind.multiplies() ? gigaflop / peak.gflops() : gigabytes / peak.gigabytes();
    System.out.printf(
        "| %s | %d | %.1f | %.1f | %.1f | %.0f | %.1f | %.0f |%n",
        name,
        chosen.get(0).size(),
        milliseconds,
        100 * milliseconds / all,
        gigaflop,
        gigaflop * perSecond,
        gigabytes * perSecond,
        100 * best * perSecond);
  }

  /** The median over several steps. */
  private double milliseconds(int steps, Consumer<Session.Runner> step) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      long begun = System.nanoTime();
      step.accept(objective.evaluation(picture, true));
      times.add((System.nanoTime() - begun) / 1e6);
    }
    return median(times.stream().mapToDouble(time -> time));
  }

  private static void run(Session.Runner runner) {
    runner.run().close();
  }

  private static RunMetadata trace(Session.Runner runner) {
    try (Result result = runner.setOptions(TRACE).runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow();
    }
  }

  /** How long at least one op was running: ops that run at the same time count once. */
  private static double busy(List<OpRun> step) {
    long busy = 0;
    long until = 0;
    for (OpRun op : step.stream().sorted(Comparator.comparingLong(OpRun::from)).toList()) {
      busy += Math.max(0, op.to() - Math.max(op.from(), until));
      until = Math.max(until, op.to());
    }
    return busy / 1e6;
  }

  private static double sum(List<OpRun> step, ToDoubleFunction<OpRun> what) {
    return step.stream().mapToDouble(what).sum();
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
