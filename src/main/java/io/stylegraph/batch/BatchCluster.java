package io.stylegraph.batch;

import io.stylegraph.progress.CancellationToken;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Other processes, on this machine or many, that run a batch's jobs. */
public interface BatchCluster {
  /** The one that this process was started on, if it was on any. */
  static Optional<BatchCluster> here() {
    return ServiceLoader.load(BatchCluster.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(BatchCluster::isHere)
        .findFirst();
  }

  /** Whether this process was started on it. */
  boolean isHere();

  /**
   * The files that all of its machines reach.
   *
   * @param results name of the folder of results
   * @throws io.stylegraph.error.PictureException if it is in no store that they know
   */
  JobFiles files(String results);

  /** The memory that a machine has for jobs, in bytes; the largest number if it is not known. */
  long memory();

  /**
   * Runs jobs, the largest first.
   *
   * @param listener hears of their steps from time to time, and of their ends
   * @param cancellation ends those that run, without a result, and keeps the others from beginning
   * @return their outcomes, in the same order
   * @throws io.stylegraph.error.RunFailedException if the cluster cannot run them; what is done
   *     stays
   */
  List<JobOutcome> run(
      BatchOrder order,
      List<PlannedJob> jobs,
      BatchListener listener,
      CancellationToken cancellation);
}
