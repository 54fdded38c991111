package io.stylegraph.batch;

import io.stylegraph.LossFields;
import io.stylegraph.RequestJson;
import io.stylegraph.RunNotes;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.StyleTransferResult;
import io.stylegraph.Stylizer;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.error.StylegraphException;
import io.stylegraph.image.OutputFormat;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.image.WriteSettings;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StopReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Paints jobs with one model and writes what each makes: the picture, its log and, last, its
 * outcome, so that a result counts as there only when all of it is. Safe to use from any thread.
 */
public final class JobPainter {
  private static final Logger LOG = LoggerFactory.getLogger(JobPainter.class);

  private final Stylizer stylizer;
  private final JobFiles files;
  private final String model;

  /** The stylizer and the files stay the caller's. */
  public JobPainter(Stylizer stylizer, JobFiles files) {
    this.stylizer = stylizer;
    this.files = files;
    this.model = RunNotes.checksum(stylizer.model());
  }

  /**
   * Paints one job, unless its result is there. Whatever goes wrong becomes its outcome, which is
   * written too; of a cancelled job nothing is.
   *
   * @param options who hears of its steps, and what cancels it
   */
  public JobOutcome paint(BatchJob job, RunOptions options) {
    long begun = System.nanoTime();
    String key = "";
    try {
      key = JobKey.of(job, files, model);
      Optional<JobOutcome> there = Outcomes.there(job, key, files);
      return there.isPresent() ? there.get() : run(job, key, options, begun);
    } catch (JobNotStartedException e) {
      return cancelled(job, key, begun);
    } catch (RuntimeException | Error e) {
      // An interrupted thread cannot read files either.
      return options.cancellation().isCancelled() || Thread.currentThread().isInterrupted()
          ? cancelled(job, key, begun)
          : ended(job, state(e), key, begun, message(job, e));
    }
  }

  /**
   * The outcome of a job that is not begun again: what is there already, or a failure.
   *
   * @param error why not
   */
  public JobOutcome giveUp(BatchJob job, String error) {
    long begun = System.nanoTime();
    String key = "";
    try {
      key = JobKey.of(job, files, model);
      String usual = key;
      return Outcomes.there(job, key, files)
          .orElseGet(() -> ended(job, State.FAILED, usual, begun, error));
    } catch (StylegraphException e) {
      return ended(job, State.FAILED, key, begun, error);
    }
  }

  private static State state(Throwable e) {
    return e instanceof StylegraphException
            && !(e instanceof RunFailedException)
            && !(e instanceof NonFiniteLossException)
        ? State.REFUSED
        : State.FAILED;
  }

  private static String message(BatchJob job, Throwable e) {
    if (e instanceof StylegraphException) {
      return String.valueOf(e.getMessage());
    }
    if (e instanceof OutOfMemoryError) {
      return "out of memory; try a smaller size";
    }
    LOG.error("job {} failed unexpectedly", job.name(), e);
    return "unexpected error: " + e;
  }

  private static JobOutcome cancelled(BatchJob job, String key, long begun) {
    return JobOutcome.without(job, State.CANCELLED, key, seconds(begun), "cancelled");
  }

  private JobOutcome run(BatchJob job, String key, RunOptions options, long begun) {
    StyleTransferRequest request = RequestJson.parse(job.request(), files::picture);
    StringBuilder log = new StringBuilder();
    StepListener listener =
        report -> {
          log.append(LossFields.line(report)).append('\n');
          options.listener().onStep(report);
        };
    StyleTransferResult made = stylizer.stylize(request, options.withListener(listener));
    if (made.stopReason() == StopReason.CANCELLED) {
      return cancelled(job, key, begun);
    }
    // Another attempt at the job, on another machine, may have been faster.
    Optional<JobOutcome> there = Outcomes.there(job, key, files);
    if (there.isPresent()) {
      return there.get();
    }
    if (made.failure().isPresent()) {
      return ended(job, State.FAILED, key, begun, made.failure().get());
    }
    byte[] picture = encoded(made, job, RunNotes.text(request, stylizer.model()));
    files.writeWhole(job.output(), picture);
    files.writeWhole(job.log(), log.toString().getBytes(StandardCharsets.UTF_8));
    return Outcomes.keep(
        job,
        new JobOutcome(
            job.line(),
            job.name(),
            job.output(),
            State.DONE,
            key,
            seconds(begun),
            made.steps(),
            Optional.of(made.losses()),
            Optional.of(made.picture().size()),
            Outcomes.sha256(picture),
            "",
            Host.NAME),
        files);
  }

  private static byte[] encoded(StyleTransferResult made, BatchJob job, String notes) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PictureWriter.write(
          made.picture(),
          bytes,
          OutputFormat.of(Path.of(job.output())),
          WriteSettings.USUAL.withNotes(notes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory takes all.
    }
  }

  private JobOutcome ended(BatchJob job, State state, String key, long begun, String error) {
    JobOutcome outcome = JobOutcome.without(job, state, key, seconds(begun), error);
    return Outcomes.keep(job, outcome, files);
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
