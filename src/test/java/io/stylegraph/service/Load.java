package io.stylegraph.service;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Eight clients at one service, a process of its own with two jobs at once: see `make load`. Prints
 * figures and ends with 1 if anything failed but with an intended 503, or if the memory grew.
 */
final class Load {
  private static final int CLIENTS = 8;
  private static final double GROWTH = 1.10;

  private Load() {}

  /** Takes the model's folder and the seconds to run. */
  public static void main(String[] args) throws Exception {
    int port = freePort();
    Process server = server(args[0], port);
    LoadFigures figures = new LoadFigures();
    URI root = URI.create("http://127.0.0.1:" + port);
    LoadClient.awaitReady(root);
    Duration time = Duration.ofSeconds(Long.parseLong(args[1]));
    long end = System.nanoTime() + time.toNanos();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Thread client = new Thread(new LoadClient(root, figures, end, i));
      client.start();
      clients.add(client);
    }
    List<Double> resident = watch(root, end);
    for (Thread client : clients) {
      client.join();
    }
    resident.add(LoadClient.metric(root, "process_resident_memory_bytes"));
    double steps = LoadClient.metric(root, "stylegraph_step_seconds_count");
    server.toHandle().destroy();
    boolean stopped = server.waitFor(1, TimeUnit.MINUTES) && server.exitValue() == 0;
    boolean ok = report(figures, resident, steps / time.toSeconds(), stopped);
    server.destroyForcibly();
    System.exit(ok ? 0 : 1);
  }

  private static Process server(String model, int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            "target" + File.separator + "stylegraph.jar",
            "serve",
            "--model",
            model,
            "--port",
            Integer.toString(port),
            "--max-jobs",
            "2",
            "--queue",
            "4")
        .inheritIO()
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The server's resident bytes at each minute's end. */
  private static List<Double> watch(URI root, long end) throws Exception {
    List<Double> resident = new ArrayList<>();
    long minute = TimeUnit.MINUTES.toNanos(1);
    for (long next = System.nanoTime() + minute; next <= end; next += minute) {
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      resident.add(LoadClient.metric(root, "process_resident_memory_bytes"));
    }
    return resident;
  }

  private static boolean report(
      LoadFigures figures, List<Double> resident, double stepsPerSecond, boolean stopped) {
    figures.print();
    List<String> megabytes =
        resident.stream().map(it -> String.format(Locale.ROOT, "%.0f", it / 1e6)).toList();
    System.out.printf("resident MB by the minute  %s%n", String.join(", ", megabytes));
    System.out.printf(Locale.ROOT, "steps a second, all jobs   %.2f%n", stepsPerSecond);
    System.out.printf("ended with 0 on SIGTERM    %s%n", stopped ? "yes" : "NO");
    boolean flat = resident.stream().skip(1).allMatch(it -> it <= resident.get(0) * GROWTH);
    System.out.printf("flat after the first minute %s%n", flat ? "yes" : "NO");
    return flat && stopped && figures.failures() == 0;
  }
}
