package io.stylegraph.cli;

import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.error.StylegraphException;
import java.io.PrintWriter;

/** Turns an exception into one line and an exit code. */
final class Failures {
  private Failures() {}

  static int report(Throwable failure, PrintWriter err, boolean verbose) {
    err.println("stylegraph: " + message(failure));
    if (verbose) {
      failure.printStackTrace(err);
    }
    return exitCode(failure);
  }

  private static String message(Throwable failure) {
    if (failure instanceof StylegraphException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory; try a smaller --size";
    }
    return "unexpected error: %s (run again with --verbose and report it)".formatted(failure);
  }

  private static int exitCode(Throwable failure) {
    boolean badInput =
        failure instanceof StylegraphException
            && !(failure instanceof RunFailedException)
            && !(failure instanceof NonFiniteLossException);
    return badInput ? ExitCode.BAD_INPUT : ExitCode.FAILED;
  }
}
