package io.stylegraph.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    NativeSettings.apply();
    int exitCode = commandLine().execute(args);
    // Exiting in the middle of loading a native library can crash.
    TensorFlowLibrary.awaitLoaded();
    System.exit(exitCode);
  }

  static CommandLine commandLine() {
    StylegraphCommand root = new StylegraphCommand();
    CommandLine commandLine = new CommandLine(root);
    // A picture's name may begin with @.
    commandLine.setExpandAtFiles(false);
    commandLine.setParameterExceptionHandler(
        (e, args) -> {
          PrintWriter err = e.getCommandLine().getErr();
          err.printf(
              "stylegraph: %s (see `%s --help`)%n",
              Failures.oneLine(e.getMessage()),
              e.getCommandLine().getCommandSpec().qualifiedName());
          return ExitCode.BAD_INPUT;
        });
    commandLine.setExecutionExceptionHandler(
        (e, failed, result) -> Failures.report(e, failed.getErr(), root.verbose()));
    return commandLine;
  }
}
