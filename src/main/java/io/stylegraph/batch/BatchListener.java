package io.stylegraph.batch;

import io.stylegraph.progress.StepReport;

/** Hears how a batch goes, on the threads of its jobs, several at once. */
public interface BatchListener {
  /** A job did a step. */
  void onStep(BatchJob job, StepReport report);

  /** A job has ended. */
  void onEnd(BatchJob job, JobOutcome outcome);
}
