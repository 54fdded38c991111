package io.stylegraph.spark;

import io.stylegraph.batch.BatchJob;
import io.stylegraph.batch.BatchListener;
import io.stylegraph.batch.JobFiles;
import io.stylegraph.batch.JobOutcome;
import io.stylegraph.batch.PlannedJob;
import io.stylegraph.progress.CancellationToken;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.util.CollectionAccumulator;

/** The driver's part of a batch: gives out the jobs and gathers what becomes of them. */
final class JobsRun {
  private final ClusterTasks tasks;
  private final ClusterWork work;
  private final JobFiles files;
  private final BatchListener listener;

  JobsRun(ClusterTasks tasks, ClusterWork work, JobFiles files, BatchListener listener) {
    this.tasks = tasks;
    this.work = work;
    this.files = files;
    this.listener = listener;
  }

  /** Runs them and gives their outcomes, in the same order. */
  List<JobOutcome> run(List<PlannedJob> jobs, CancellationToken cancellation)
      throws ExecutionException, InterruptedException {
    GatheredOutcomes outcomes = new GatheredOutcomes(jobs, files, listener);
    CollectionAccumulator<String> ended = tasks.gathering(new CollectionAccumulator<>());
    Latest<StepCount> steps = tasks.telling(StepCount.class, outcomes::count);
    List<BatchJob> largestFirst =
        jobs.stream()
            .sorted(Comparator.comparingDouble((PlannedJob it) -> -it.size().work()))
            .map(PlannedJob::job)
            .toList();
    tasks.run(
        largestFirst,
        new PaintTask(work, tasks.stores(), steps, ended),
        () -> outcomes.take(ended.value()),
        cancellation);
    return outcomes.all();
  }
}
