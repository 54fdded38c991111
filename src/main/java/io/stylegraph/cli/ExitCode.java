package io.stylegraph.cli;

import io.stylegraph.progress.StopReason;

/** What the process tells its caller. */
final class ExitCode {
  static final int OK = 0;

  /** The run failed. */
  static final int FAILED = 1;

  /** Bad usage or bad input; nothing was started. */
  static final int BAD_INPUT = 2;

  /** Ended by SIGINT or SIGTERM, with the best picture saved. */
  static final int CANCELLED = 130;

  private ExitCode() {}

  /** That of a run that ended for {@code reason}. */
  static int of(StopReason reason) {
    return switch (reason) {
      case COMPLETED, CONVERGED, DEADLINE -> OK;
      case CANCELLED -> CANCELLED;
      case NON_FINITE_LOSS, DIVERGED -> FAILED;
    };
  }
}
