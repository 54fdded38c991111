package io.stylegraph.service;

import io.stylegraph.RunNotes;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.StyleTransferResult;
import io.stylegraph.Stylizer;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.error.ModelException;
import io.stylegraph.error.StylegraphException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that holds the {@link Stylizer}: runs a job and tells the job how it went. */
final class JobPainter {
  private static final Logger LOG = LoggerFactory.getLogger(JobPainter.class);

  private final Stylizer stylizer;
  private final Duration limit;
  private final Metrics metrics;
  private final InstantSource clock;

  JobPainter(Stylizer stylizer, Duration limit, Metrics metrics, InstantSource clock) {
    this.stylizer = stylizer;
    this.limit = limit;
    this.metrics = metrics;
    this.clock = clock;
  }

  Manifest model() {
    return stylizer.model();
  }

  /**
   * Refuses what the run would refuse.
   *
   * @throws StylegraphException that says why
   */
  void check(JobOrder order) {
    stylizer.check(order.request());
  }

  /** Runs it to its end; every failure is the job's. */
  void paint(Job job) {
    if (!job.begin()) {
      return;
    }
    try {
      run(job);
    } catch (ModelException e) {
      LOG.error("the model cannot be used", e);
      job.fail("the model cannot be used; see the service's log", clock.instant());
    } catch (JobNotStartedException e) {
      if (!job.cancelUnstarted(clock.instant())) {
        job.fail(String.valueOf(e.getMessage()), clock.instant());
      }
    } catch (StylegraphException e) {
      LOG.warn("a job failed: {}", e.getMessage(), e.getCause());
      job.fail(String.valueOf(e.getMessage()), clock.instant());
    } catch (OutOfMemoryError e) {
      LOG.error("a job ran out of memory", e);
      job.fail("out of memory; try a smaller size", clock.instant());
    } catch (RuntimeException | Error e) {
      LOG.error("a job failed unexpectedly", e);
      job.fail("the run failed unexpectedly; see the service's log", clock.instant());
    }
    metrics.onEnd(job.state());
  }

  private void run(Job job) {
    StyleTransferRequest request = job.order().orElseThrow().request();
    StepClock steps = metrics.stepClock();
    StyleTransferResult made =
        stylizer.stylize(
            request,
            RunOptions.none()
                .withListener(
                    report -> {
                      steps.onStep(report);
                      job.onStep(report);
                    })
                .withCancellation(job.cancellation())
                .withDeadline(clock.instant().plus(limit))
                .withPictures(1, job::onPicture));
    Optional<PaintedPicture> picture =
        made.steps() == 0
            ? Optional.empty()
            : Optional.of(new PaintedPicture(made.picture(), RunNotes.text(request, model())));
    job.finish(made, picture, clock.instant());
  }
}
