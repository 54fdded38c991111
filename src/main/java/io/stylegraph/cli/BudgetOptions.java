package io.stylegraph.cli;

import io.stylegraph.RunEstimate;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.SystemMemory;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.progress.TimeSpan;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a run may take, and those that ask. */
final class BudgetOptions {
  /** Writing the result must be within the limit too. */
  private static final Duration TO_WRITE = Duration.ofMillis(500);

  /** Estimates may be so much too low. */
  private static final double CAUTION = 0.9;

  private final Instant begun = Instant.now();

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description =
          "As in 90s, 5m or 1h30m, from the program's start: a pyramid gets as few steps as it"
              + " takes, any run ends in time with the best picture.")
  private @Nullable String timeLimit;

  @Option(
      names = "--fit",
      description =
          "Take the largest size, up to --size, that fits the free memory and the time limit.")
  private boolean fit;

  @Option(
      names = "--dry-run",
      description = "Print the time and memory that the run would take, and run nothing.")
  private boolean dryRun;

  /** Whether nothing is to be run. */
  boolean dryRun() {
    return dryRun;
  }

  /** When the run must have ended. */
  Optional<Instant> deadline() {
    return limit().map(it -> begun.plus(it).minus(TO_WRITE));
  }

  /**
   * The job with the size and the steps that its budget allows; of a run that is resumed, the steps
   * stay as they were.
   *
   * @throws InvalidSettingException if it allows no step
   */
  StyleTransferRequest within(
      Stylizer stylizer, StyleTransferRequest request, boolean resumed, PrintWriter out) {
    if (!dryRun && !fit && timeLimit == null) {
      return request;
    }
    RunEstimate estimate = stylizer.estimate(request);
    StyleTransferRequest fitting = request;
    if (fit) {
      fitting = request.withSize(largestSize(estimate));
      out.printf("size    %d is the largest that fits%n", fitting.size());
      estimate = stylizer.estimate(fitting);
    }
    if (timeLimit != null) {
      requireOneStep(estimate);
      fitting = resumed ? fitting : fitting.withRecipe(estimate.within(CAUTION * left()));
    }
    if (dryRun) {
      print(estimate, out);
    }
    out.flush();
    return fitting;
  }

  private int largestSize(RunEstimate estimate) {
    double seconds = timeLimit == null ? Double.POSITIVE_INFINITY : CAUTION * left();
    int size = estimate.largestSize(SystemMemory.availableBytes(), seconds);
    if (size == 0) {
      throw new InvalidSettingException(
          "fit",
          "no size fits the free memory%s; free memory%s"
              .formatted(
                  timeLimit == null ? "" : " and the time limit (" + timeLimit + ")",
                  timeLimit == null ? "" : ", or give more time or fewer --steps"));
    }
    return size;
  }

  private void requireOneStep(RunEstimate estimate) {
    if (left() < estimate.secondsPerStep()) {
      throw new InvalidSettingException(
          "time-limit",
          "time limit (%s) is shorter than one step, which takes about %s after %s; give more time"
                  .formatted(
                      timeLimit,
                      TimeSpan.text(estimate.secondsPerStep()),
                      TimeSpan.text(Duration.between(begun, Instant.now()).toMillis() / 1e3))
              + " or a smaller --size");
    }
  }

  /** Seconds to the deadline. */
  private double left() {
    return Duration.between(Instant.now(), deadline().orElseThrow()).toMillis() / 1e3;
  }

  private static void print(RunEstimate estimate, PrintWriter out) {
    out.printf(
        "steps   %d, the last ones at %dx%d%n",
        estimate.steps(), estimate.size().width(), estimate.size().height());
    out.printf(
        Locale.ROOT,
        "time    about %s; %.3g s a step at that size%n",
        TimeSpan.text(estimate.seconds()),
        estimate.secondsPerStep());
    out.printf(
        Locale.ROOT,
        "memory  about %.1f GB at its peak%s; %.1f GB are free%n",
        estimate.peakBytes() / 1e9,
        estimate.tiles().map(it -> ", in " + it.text()).orElse(""),
        SystemMemory.availableBytes() / 1e9);
  }

  private Optional<Duration> limit() {
    if (timeLimit == null) {
      return Optional.empty();
    }
    try {
      Duration limit = Duration.parse("PT" + timeLimit.toUpperCase(Locale.ROOT));
      if (limit.isNegative() || limit.isZero()) {
        throw refusal();
      }
      return Optional.of(limit);
    } catch (DateTimeParseException e) {
      throw refusal();
    }
  }

  private InvalidSettingException refusal() {
    return new InvalidSettingException(
        "time-limit", "time limit (%s) must be a time as in 90s, 5m or 1h30m".formatted(timeLimit));
  }
}
