package io.stylegraph.cli;

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
}
