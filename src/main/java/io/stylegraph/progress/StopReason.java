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
  /**
   * The loss of a step was NaN or infinite and there was no way on: at the first look at a larger
   * scale, or where the optimiser had given up. The result is the best picture before that.
   */
  NON_FINITE_LOSS,
  /**
   * The loss exploded, or was NaN or infinite, again and again, though the run went back to its
   * best picture with smaller steps; that picture is the result.
   */
  DIVERGED
}
