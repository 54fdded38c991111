package io.stylegraph.spark;

import io.stylegraph.batch.BatchJob;
import io.stylegraph.batch.BatchListener;
import io.stylegraph.batch.JobFiles;
import io.stylegraph.batch.JobOutcome;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.batch.Outcomes;
import io.stylegraph.batch.PlannedJob;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has become of the jobs so far, one outcome each. Safe to use from any thread. */
final class GatheredOutcomes {
  private final Map<String, PlannedJob> jobs = new LinkedHashMap<>();
  private final Map<String, JobOutcome> outcomes = new HashMap<>();
  private final JobFiles files;
  private final BatchListener listener;
  private int taken;

  GatheredOutcomes(List<PlannedJob> jobs, JobFiles files, BatchListener listener) {
    jobs.forEach(it -> this.jobs.put(it.job().output(), it));
    this.files = files;
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
    PlannedJob planned = jobs.get(count.output());
    if (planned != null) {
      listener.onStep(planned.job(), count.step(), count.steps());
    }
  }

  /** In the jobs' order; what has none was cancelled. */
  synchronized List<JobOutcome> all() {
    return jobs.values().stream()
        .map(
            it -> {
              JobOutcome outcome = outcomes.get(it.job().output());
              return outcome == null ? unheard(it) : outcome;
            })
        .toList();
  }

  /** Spark drops what tasks say once they are cancelled, also if they ended just before. */
  private JobOutcome unheard(PlannedJob it) {
    return Outcomes.done(it.job(), it.key(), files)
        .orElseGet(() -> JobOutcome.without(it.job(), State.CANCELLED, it.key(), 0, "cancelled"));
  }

  private void take(JobOutcome outcome) {
    PlannedJob planned = jobs.get(outcome.output());
    if (planned != null && outcomes.put(outcome.output(), outcome) == null) {
      BatchJob job = planned.job();
      if (outcome.steps() > 0) {
        listener.onStep(job, outcome.steps(), outcome.steps());
      }
      listener.onEnd(job, outcome);
    }
  }
}
