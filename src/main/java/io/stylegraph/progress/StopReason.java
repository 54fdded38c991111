package io.stylegraph.progress;

/** Why a run ended. */
public enum StopReason {
  /** All steps are done. */
  COMPLETED,
  /** The optimiser finds nothing better any more. */
  CONVERGED,
  /** Its {@link CancellationToken} was cancelled or its thread was interrupted. */
  CANCELLED,
  /** Its deadline passed. */
  DEADLINE,
  /** The loss of a step was NaN or infinite; the result is the best picture before that. */
  NON_FINITE_LOSS
}
