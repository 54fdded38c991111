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
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** The driver's part: gives out the jobs, each as one task, and gathers what becomes of them. */
final class ClusterRun {
  private static final long MILLIS_BETWEEN = 200;

  private final JavaSparkContext spark;
  private final ClusterSettings settings;
  private final ClusterWork work;
  private final JobFiles files;
  private final BatchListener listener;
  private final StepCounts steps = new StepCounts();
  private final CollectionAccumulator<String> ended;

  ClusterRun(
      JavaSparkContext spark,
      ClusterSettings settings,
      ClusterWork work,
      JobFiles files,
      BatchListener listener) {
    this.spark = spark;
    this.settings = settings;
    this.work = work;
    this.files = files;
    this.listener = listener;
    spark.sc().register(steps, "steps");
    ended = spark.sc().collectionAccumulator("outcomes");
  }

  /** Runs them and gives their outcomes, in the same order. */
  List<JobOutcome> run(List<PlannedJob> jobs, CancellationToken cancellation)
      throws ExecutionException, InterruptedException {
    GatheredOutcomes outcomes = new GatheredOutcomes(jobs, files, listener);
    spark.sc().addSparkListener(new StepHeartbeats(steps.id(), outcomes));
    JavaFutureAction<Void> running = begin(jobs, cancellation);
    CancellationToken.Registration stop = cancellation.onCancel(() -> running.cancel(true));
    while (!running.isDone()) {
      outcomes.take(ended.value());
      Thread.sleep(MILLIS_BETWEEN);
    }
    stop.close();
    outcomes.take(ended.value());
    if (!cancellation.isCancelled()) {
      running.get();
    }
    return outcomes.all();
  }

  private JavaFutureAction<Void> begin(List<PlannedJob> jobs, CancellationToken cancellation)
      throws InterruptedException {
    List<BatchJob> largestFirst =
        jobs.stream()
            .sorted(Comparator.comparingDouble((PlannedJob it) -> -it.size().work()))
            .map(PlannedJob::job)
            .toList();
    // Interrupts what is cancelled.
    spark.setJobGroup("batch", "stylegraph batch", true);
    return fitted(spark.parallelize(largestFirst, jobs.size()), cancellation)
        .foreachAsync(
            new PaintTask(
                work, new SerializableConfiguration(spark.hadoopConfiguration()), steps, ended));
  }

  private JavaRDD<BatchJob> fitted(JavaRDD<BatchJob> tasks, CancellationToken cancellation)
      throws InterruptedException {
    if (!settings.choosesCpus()) {
      return tasks;
    }
    Executors executors = new Executors(spark.sc());
    executors.await(cancellation);
    return executors.atOnce(work.atOnce(), tasks);
  }
}
