package io.stylegraph.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a command. */
@Command(
    name = "stylegraph",
    description = "Neural style transfer, driven by a SavedModel.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = StylegraphCommand.Version.class,
    subcommands = {
      StylizeCommand.class,
      BatchCommand.class,
      SheetCommand.class,
      FilmCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      ReconstructCommand.class,
      RecipesCommand.class,
      InspectCommand.class,
      ServeCommand.class
    })
final class StylegraphCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean verbose;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  boolean verbose() {
    return verbose;
  }

  /** Reads the version that the build put into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = StylegraphCommand.class.getPackage().getImplementationVersion();
      return new String[] {"stylegraph " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
