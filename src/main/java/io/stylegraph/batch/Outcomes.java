package io.stylegraph.batch;

import com.google.common.hash.Hashing;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.PictureSize;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outcomes of a batch as its files keep them. */
public final class Outcomes {
  /** The table of all, in the folder of results. */
  public static final String TABLE = "outcomes.csv";

  private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
  private static final String HEADER =
      "name,output,state,seconds,steps,total,content,style,tv,width,height,error\n";

  private Outcomes() {}

  /**
   * The outcome that is there for a job, if it was done with that key and its picture is whole.
   *
   * @param key as {@link JobKey} makes it
   */
  public static Optional<JobOutcome> done(BatchJob job, String key, JobFiles files) {
    return files
        .readOutput(job.outcome())
        .flatMap(JobOutcome::parse)
        .filter(it -> it.state() == State.DONE && it.key().equals(key))
        .filter(it -> files.readOutput(job.output()).filter(it::isOf).isPresent());
  }

  /** The same, as a later run meets it. */
  public static Optional<JobOutcome> there(BatchJob job, String key, JobFiles files) {
    return done(job, key, files).map(it -> it.skipped(job));
  }

  /** Writes a job's outcome. One without a picture that cannot be written is logged. */
  static JobOutcome keep(BatchJob job, JobOutcome outcome, JobFiles files) {
    try {
      files.writeWhole(job.outcome(), (outcome.json() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (RunFailedException e) {
      if (outcome.state() == State.DONE) {
        throw e;
      }
      LOG.warn("the outcome of {} is not kept: {}", job.name(), e.getMessage());
    }
    return outcome;
  }

  /** Writes the table of all: {@value #TABLE}, one line each. */
  public static void writeTable(List<JobOutcome> outcomes, JobFiles files) {
    String lines = outcomes.stream().map(Outcomes::line).collect(Collectors.joining());
    files.writeWhole(TABLE, (HEADER + lines).getBytes(StandardCharsets.UTF_8));
  }

  private static String line(JobOutcome it) {
    return Stream.of(
                it.name(),
                it.output(),
                Settings.word(it.state()),
                String.format(Locale.ROOT, "%.3f", it.seconds()),
                Integer.toString(it.steps()),
                loss(it, Losses::total),
                loss(it, Losses::content),
                loss(it, Losses::style),
                loss(it, Losses::tv),
                side(it.size().map(PictureSize::width)),
                side(it.size().map(PictureSize::height)),
                it.error())
            .map(Outcomes::quoted)
            .collect(Collectors.joining(","))
        + "\n";
  }

  private static String loss(JobOutcome outcome, ToDoubleFunction<Losses> term) {
    return outcome
        .losses()
        .map(it -> String.format(Locale.ROOT, "%.6g", term.applyAsDouble(it)))
        .orElse("");
  }

  private static String side(Optional<Integer> side) {
    return side.map(String::valueOf).orElse("");
  }

  /** As RFC 4180 has it. */
  private static String quoted(String field) {
    return field.matches("(?s).*[\",\\r\\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }

  static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }
}
