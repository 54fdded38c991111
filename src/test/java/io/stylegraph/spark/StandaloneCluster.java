package io.stylegraph.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A master of Spark's own kind and workers of one core each, as processes on loopback. */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Starting Spark master at (spark://\\S+)");

  /** Processes that live for seconds gain nothing by the second compiler. */
  private static final String BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path spark;
  private final Path folder;
  private final List<Process> all = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private final String url;

  StandaloneCluster(Path spark, Path folder, int workers) throws Exception {
    this.spark = spark;
    this.folder = Files.createDirectories(folder);
    start("master", "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    url = Waiting.until("the master is there", this::announced);
    for (int i = 0; i < workers; i++) {
      this.workers.add(
          start(
              "worker-" + i,
              "worker.Worker",
              "--host",
              // Spark gives a task's second attempt to another host alone.
              "127.0.0." + (i + 1),
              "--cores",
              "1",
              "--memory",
              "2g",
              "--webui-port",
              "0",
              "--work-dir",
              folder.resolve("work-" + i).toString(),
              url));
    }
  }

  /**
   * Gives a driver what it needs on loopback.
   *
   * @param folder where its settings are written
   * @param settings lines of Spark's own file of settings
   */
  static void surround(ProcessBuilder driver, Path folder, String... settings) throws IOException {
    List<String> lines = new ArrayList<>(List.of("spark.executor.extraJavaOptions " + BRIEF));
    lines.addAll(List.of(settings));
    Files.write(Files.createDirectories(folder).resolve("spark-defaults.conf"), lines);
    driver.environment().put("SPARK_CONF_DIR", folder.toString());
    driver.environment().put("SPARK_SUBMIT_OPTS", BRIEF);
    driver.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
  }

  /** What {@code --master} takes. */
  String url() {
    return url;
  }

  /** The executors of a worker; none if it is gone. */
  List<ProcessHandle> executors(int worker) {
    return workers.get(worker).descendants().filter(ProcessHandle::isAlive).toList();
  }

  /** How often any executor has begun a task. */
  long begun(int task) throws IOException {
    return logged("Running task " + task + ".");
  }

  /** How often any executor has got the work's code, which others may have to send it. */
  long equipped() throws IOException {
    return logged("Reading broadcast variable 0 took");
  }

  private long logged(String line) throws IOException {
    long count = 0;
    try (Stream<Path> logs = Files.find(folder, 4, (file, attributes) -> file.endsWith("stderr"))) {
      for (Path log : logs.toList()) {
        count += Files.readAllLines(log).stream().filter(it -> it.contains(line)).count();
      }
    }
    return count;
  }

  /** Kills a worker and its executors, as a machine that loses its power. */
  void lose(int worker) {
    List<ProcessHandle> executors = executors(worker);
    workers.get(worker).destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    for (Process process : all) {
      Stream.concat(process.descendants(), Stream.of(process.toHandle()))
          .toList()
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Process start(String name, String main, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(spark.resolve("bin/spark-class").toString());
    line.add("org.apache.spark.deploy." + main);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("SPARK_DAEMON_MEMORY", "256m");
    builder.environment().put("SPARK_DAEMON_JAVA_OPTS", BRIEF);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
    all.add(process);
    return process;
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private String announced() throws IOException {
    Matcher ready = READY.matcher(Files.readString(log("master")));
    return ready.find() ? ready.group(1) : null;
  }
}
