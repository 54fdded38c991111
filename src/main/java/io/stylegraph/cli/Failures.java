package io.stylegraph.cli;

import com.google.common.base.Throwables;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.error.StylegraphException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Turns an exception into one line and an exit code. */
final class Failures {
  private Failures() {}

  static int report(Throwable failure, PrintWriter err, boolean verbose) {
    err.println("stylegraph: " + oneLine(message(failure)));
    if (verbose) {
      failure.printStackTrace(err);
    }
    return exitCode(failure);
  }

  /** A message without line breaks, which a file's name or another program's words may hold. */
  static String oneLine(@Nullable String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }

  private static @Nullable String message(Throwable failure) {
    if (failure instanceof StylegraphException) {
      return failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "Java is out of memory (%s); try a smaller --size, or give it more (-Xmx)"
          .formatted(failure.getMessage());
    }
    if (Throwables.getCausalChain(failure).stream().anyMatch(Failures::isOfFonts)) {
      return "Java finds no font to write with; install one (on Debian: apt-get install fontconfig"
          + " fonts-dejavu-core)";
    }
    return "unexpected error: %s (run again with --verbose and report it)".formatted(failure);
  }

  /** As Java says it where fontconfig knows no font at all. */
  private static boolean isOfFonts(Throwable cause) {
    return String.valueOf(cause.getMessage()).startsWith("Fontconfig head is null");
  }

  private static int exitCode(Throwable failure) {
    boolean badInput =
        failure instanceof StylegraphException
            && !(failure instanceof RunFailedException)
            && !(failure instanceof NonFiniteLossException);
    return badInput ? ExitCode.BAD_INPUT : ExitCode.FAILED;
  }
}
