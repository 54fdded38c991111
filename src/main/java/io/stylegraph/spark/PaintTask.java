package io.stylegraph.spark;

import io.stylegraph.batch.BatchJob;
import io.stylegraph.batch.JobOutcome;
import io.stylegraph.batch.JobPainter;
import io.stylegraph.engine.RunOptions;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Paints one job on an executor and tells the driver of its steps and its outcome. A job whose
 * executors were lost as often as Spark lets a task fail is given up, since one attempt more would
 * end the whole batch.
 */
final class PaintTask implements VoidFunction<BatchJob> {
  private static final long serialVersionUID = 1L;

  private final ClusterWork work;
  private final SerializableConfiguration stores;
  private final Latest<StepCount> steps;
  private final CollectionAccumulator<String> outcomes;

  PaintTask(
      ClusterWork work,
      SerializableConfiguration stores,
      Latest<StepCount> steps,
      CollectionAccumulator<String> outcomes) {
    this.work = work;
    this.stores = stores;
    this.steps = steps;
    this.outcomes = outcomes;
  }

  @Override
  public void call(BatchJob job) {
    outcomes.add(outcome(job, Workshop.of(work, stores.value()).painter()).json());
  }

  private JobOutcome outcome(BatchJob job, JobPainter painter) {
    int attempt = TaskContext.get().attemptNumber();
    return work.givesUp(attempt)
        ? painter.giveUp(job, "its executor was lost %d times; run it alone".formatted(attempt))
        : painter.paint(
            job,
            RunOptions.none()
                .withListener(
                    report ->
                        steps.add(new StepCount(job.output(), report.step(), report.steps()))));
  }
}
