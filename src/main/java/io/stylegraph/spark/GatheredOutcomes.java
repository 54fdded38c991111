package io.stylegraph.spark;

import io.stylegraph.batch.BatchJob;
import io.stylegraph.batch.BatchListener;
import io.stylegraph.batch.JobOutcome;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.batch.PlannedJob;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has become of the jobs so far, one outcome each. Safe to use from any thread. */
final class GatheredOutcomes {
  private final Map<String, BatchJob> jobs = new LinkedHashMap<>();
  private final Map<String, JobOutcome> outcomes = new HashMap<>();
  private final BatchListener listener;
  private int taken;

  GatheredOutcomes(List<PlannedJob> jobs, BatchListener listener) {
    jobs.forEach(it -> this.jobs.put(it.job().output(), it.job()));
    this.listener = listener;
  }

  /** Takes those that have come since the last time. */
  synchronized void take(List<String> all) {
    all.subList(taken, all.size()).stream()
        .flatMap(it -> JobOutcome.parse(it.getBytes(StandardCharsets.UTF_8)).stream())
        .forEach(this::take);
    taken = all.size();
  }

  /** Passes on how far a job is. */
  synchronized void count(StepCount count) {
    BatchJob job = jobs.get(count.output());
    if (job != null) {
      listener.onStep(job, count.step(), count.steps());
    }
  }

  /** In the jobs' order; what has none was cancelled. */
  synchronized List<JobOutcome> all() {
    return jobs.values().stream()
        .map(
            job ->
                outcomes.getOrDefault(
                    job.output(), JobOutcome.without(job, State.CANCELLED, "", 0, "cancelled")))
        .toList();
  }

  private void take(JobOutcome outcome) {
    BatchJob job = jobs.get(outcome.output());
    if (job != null && outcomes.put(outcome.output(), outcome) == null) {
      if (outcome.steps() > 0) {
        listener.onStep(job, outcome.steps(), outcome.steps());
      }
      listener.onEnd(job, outcome);
    }
  }
}
