package io.stylegraph.optim;

/** What an optimiser did with the loss and the gradient it was told. */
public enum Move {
  /** It moved to a new point. */
  MOVED,
  /**
   * It stayed: the last move changed the point or the loss by less than the tolerance. torch's
   * {@code step()} returns here, and its next call evaluates the same point again and goes on.
   */
  STALLED,
  /** The loss was not finite or far above the best: it went back to the best point and moved on. */
  RESET,
  /** It stayed: no direction leads down by more than the tolerance. */
  CONVERGED,
  /** It is back at the best point: too many resets in a row brought nothing better. */
  GAVE_UP
}
