package io.stylegraph.batch;

import io.stylegraph.JobSize;
import io.stylegraph.RequestJson;
import io.stylegraph.RunNotes;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.error.StylegraphException;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a batch is to be run.
 *
 * @param pending the jobs that are, in the list's order
 * @param settled the outcomes of the others: what is there already, and what cannot be run
 */
public record BatchPlan(List<PlannedJob> pending, List<JobOutcome> settled) {
  public BatchPlan {
    pending = List.copyOf(pending);
    settled = List.copyOf(settled);
  }

  /**
   * Looks at every job's inputs and result; computes nothing.
   *
   * @param memory that the machine which runs a job has for it at most, in bytes
   */
  public static BatchPlan of(JobList list, JobFiles files, Stylizer stylizer, long memory) {
    String model = RunNotes.checksum(stylizer.model());
    List<PlannedJob> pending = new ArrayList<>();
    List<JobOutcome> settled = new ArrayList<>(list.refused());
    for (BatchJob job : list.jobs()) {
      try {
        String key = JobKey.of(job, files, model);
        Outcomes.there(job, key, files)
            .ifPresentOrElse(
                settled::add,
                () -> pending.add(new PlannedJob(job, key, size(job, files, stylizer, memory))));
      } catch (StylegraphException e) {
        settled.add(
            Outcomes.keep(
                job,
                JobOutcome.without(job, State.REFUSED, "", 0, String.valueOf(e.getMessage())),
                files));
      }
    }
    return new BatchPlan(pending, settled);
  }

  private static JobSize size(BatchJob job, JobFiles files, Stylizer stylizer, long memory) {
    StyleTransferRequest request = RequestJson.parse(job.request(), files::picture);
    return stylizer.size(request, it -> files.facts(it.label()).size(), memory);
  }
}
