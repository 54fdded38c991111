package io.stylegraph.cli;

import io.stylegraph.progress.CancellationToken;
import java.util.List;
import org.jline.utils.Signals;

/**
 * Turns SIGINT and SIGTERM into a cancellation, so that the run ends at a step boundary and keeps
 * its best picture. A second signal ends the process at once.
 */
final class SignalCancellation {
  private SignalCancellation() {}

  static CancellationToken install() {
    CancellationToken token = new CancellationToken();
    for (String name : List.of("INT", "TERM")) {
      Signals.register(
          name,
          () -> {
            if (token.isCancelled()) {
              Runtime.getRuntime().halt(ExitCode.CANCELLED);
            }
            token.cancel();
          });
    }
    return token;
  }
}
