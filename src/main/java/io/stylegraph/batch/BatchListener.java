package io.stylegraph.batch;

/** Hears how a batch goes, on the threads of its jobs, several at once. */
public interface BatchListener {
  /**
   * A job has done steps.
   *
   * @param step the last of them, from 1
   * @param steps that it does in all
   */
  void onStep(BatchJob job, int step, int steps);

  /** A job has ended. */
  void onEnd(BatchJob job, JobOutcome outcome);
}
