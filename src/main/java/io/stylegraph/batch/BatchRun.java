package io.stylegraph.batch;

import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.progress.CancellationToken;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs jobs in this process, several at once, each whatever becomes of the others. */
public final class BatchRun {
  private final JobPainter painter;
  private final int atOnce;
  private final BatchListener listener;

  /**
   * Of a batch.
   *
   * @param atOnce how many jobs run at once; those whose memory is not free wait for others
   */
  public BatchRun(JobPainter painter, int atOnce, BatchListener listener) {
    this.painter = painter;
    this.atOnce = atOnce;
    this.listener = listener;
  }

  /**
   * Begins the jobs in their order and returns when all have ended.
   *
   * @param cancellation ends those that run at their step's end, without a result, and keeps the
   *     others from beginning
   * @return their outcomes, in the same order
   */
  public List<JobOutcome> run(List<PlannedJob> jobs, CancellationToken cancellation) {
    ExecutorService workers =
        Executors.newFixedThreadPool(atOnce, task -> new Thread(task, "stylegraph-job"));
    try {
      List<CompletableFuture<JobOutcome>> turns =
          jobs.stream()
              .map(
                  it -> CompletableFuture.supplyAsync(() -> paint(it.job(), cancellation), workers))
              .toList();
      return turns.stream().map(CompletableFuture::join).toList();
    } finally {
      workers.shutdown();
    }
  }

  private JobOutcome paint(BatchJob job, CancellationToken cancellation) {
    if (cancellation.isCancelled()) {
      return JobOutcome.without(job, State.CANCELLED, "", 0, "cancelled");
    }
    JobOutcome outcome =
        painter.paint(
            job,
            RunOptions.none()
                .withCancellation(cancellation)
                .withListener(report -> listener.onStep(job, report.step(), report.steps())));
    listener.onEnd(job, outcome);
    return outcome;
  }
}
