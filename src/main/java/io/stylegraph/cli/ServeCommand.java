package io.stylegraph.cli;

import io.stylegraph.Stylizer;
import io.stylegraph.StylizerLimits;
import io.stylegraph.engine.NativeLibrary;
import io.stylegraph.service.Service;
import io.stylegraph.service.ServiceSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Serves the page and the API until it is told to stop. */
@Command(
    name = "serve",
    description =
        "Serve a page and a JSON API that paint pictures; on this machine alone at first.")
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServiceOptions options;

  @Mixin private ModelOptions model;

  @Override
  public Integer call() {
    ServiceSettings settings = options.settings();
    CompletableFuture<Integer> end = stopSignal();
    NativeLibrary.loadAhead();
    try (Stylizer stylizer = load(settings)) {
      return serve(settings, stylizer, end);
    }
  }

  /** The service's own queue lets no more jobs come to the stylizer than may run. */
  private Stylizer load(ServiceSettings settings) {
    return model.load(
        ModelChoice::find, StylizerLimits.DEFAULT.withConcurrentJobs(settings.maxJobs()));
  }

  private int serve(ServiceSettings settings, Stylizer stylizer, CompletableFuture<Integer> end) {
    say("model   " + InspectCommand.summary(stylizer.model()));
    Service service = Service.start(settings, stylizer);
    say(
        "serving http://%s:%d with %d at once and %d waiting; Ctrl-C stops it"
            .formatted(
                urlHost(settings.host()), service.port(), settings.maxJobs(), settings.queue()));
    int exitCode = end.join();
    say(
        "stopping: running jobs get %d s, and the pictures held are %s"
            .formatted(
                settings.grace().toSeconds(),
                settings.results().map(it -> "written to " + it).orElse("lost (no --results)")));
    service.stop().forEach(file -> say("wrote " + file));
    say("stopped");
    return exitCode;
  }

  /** An IPv6 address stands in brackets. */
  private static String urlHost(String host) {
    return host.contains(":") ? "[%s]".formatted(host) : host;
  }

  /** Ends with what the process shall exit with; a second signal ends the process at once. */
  private static CompletableFuture<Integer> stopSignal() {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    for (String name : List.of("INT", "TERM")) {
      int exitCode = name.equals("INT") ? ExitCode.CANCELLED : ExitCode.OK;
      Signals.register(
          name,
          () -> {
            if (!end.complete(exitCode)) {
              Runtime.getRuntime().halt(exitCode);
            }
          });
    }
    return end;
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
