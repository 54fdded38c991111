package io.stylegraph.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    NativeSettings.apply();
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    StylegraphCommand root = new StylegraphCommand();
    CommandLine commandLine = configured(root);
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
    // Picocli lets errors through, as where memory or a library is missing.
    commandLine.setExecutionStrategy(
        parsed -> {
          try {
            return new CommandLine.RunLast().execute(parsed);
          } catch (Error e) {
            return Failures.report(e, commandLine.getErr(), root.verbose());
          }
        });
    return commandLine;
  }

  /** A parser of our ways. */
  static CommandLine configured(Object command) {
    CommandLine commandLine = new CommandLine(command);
    // A picture's name may begin with @.
    commandLine.setExpandAtFiles(false);
    commandLine.registerConverter(Path.class, Main::path);
    commandLine.registerConverter(StyleArgument.class, StyleArgument::parse);
    commandLine.registerConverter(MaskArgument.class, MaskArgument::parse);
    return commandLine;
  }

  /** Java takes an empty path for the working folder; here it is an unset variable of a script. */
  static Path path(String name) {
    if (name.isEmpty()) {
      throw new TypeConversionException("the name is empty; give the name of a file or folder");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "no file can have this name (%s); give another".formatted(e.getReason()));
    }
  }
}
