package io.stylegraph.cli;

import com.sun.jna.Platform;
import io.stylegraph.error.InvalidSettingException;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Becomes {@code spark-submit} with the same command: a Spark brings the classes that this program
 * is slimmer without, and the launcher jar beside the program's uses them.
 */
final class SparkSubmit {
  private static final long MEBIBYTE = 1 << 20;

  private final Path program;
  private final Map<String, String> environment;

  /**
   * Nothing is started yet.
   *
   * @param program its jar
   * @param environment of this process
   */
  SparkSubmit(Path program, Map<String, String> environment) {
    this.program = program;
    this.environment = environment;
  }

  /** Of this process. */
  static SparkSubmit here() {
    try {
      URI jar = SparkSubmit.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return new SparkSubmit(Path.of(jar), System.getenv());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // Java's own.
    }
  }

  /**
   * Replaces this process, so that signals, the terminal and the exit code are those of the one
   * that runs the command; returns only where that cannot be.
   *
   * @param arguments the command's
   * @throws InvalidSettingException if there is no Spark, or on Windows
   */
  void become(String master, List<String> arguments) {
    String[] line = line(master, arguments).toArray(String[]::new);
    if (Platform.isWindows()) {
      throw refusal("run it there as " + String.join(" ", line));
    }
    CLibrary.INSTANCE.execvp(line[0], line);
    throw refusal(line[0] + " cannot be run; check that it is a program");
  }

  /** The program and what it is given. */
  List<String> line(String master, List<String> arguments) {
    Path launcher = program.resolveSibling("stylegraph-spark.jar");
    if (!Files.isRegularFile(launcher)) {
      throw refusal("there is no %s; build it with `make build`".formatted(launcher));
    }
    List<String> line = new ArrayList<>(List.of(program().toString(), "--master", master));
    line.addAll(
        List.of(
            "--driver-memory",
            Runtime.getRuntime().maxMemory() / MEBIBYTE + "m",
            "--driver-java-options",
            "-Dlog4j2.configurationFile=jar:%s!/io/stylegraph/spark/log4j2.properties"
                    .formatted(launcher.toUri())
                + " -Dstylegraph.spark.log="
                + (arguments.contains("--verbose") ? "warn" : "off"),
            launcher.toString()));
    line.addAll(arguments);
    return line;
  }

  /** That of SPARK_HOME, of the virtual environment beside the program's folder, or on the PATH. */
  private Path program() {
    return Stream.of(home(), venv(), path())
        .flatMap(it -> it)
        .map(it -> it.resolve("spark-submit"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                refusal(
                    "there is no spark-submit; set SPARK_HOME to a Spark 4.1, or get one with"
                        + " `make spark`"));
  }

  private Stream<Path> home() {
    return Stream.ofNullable(environment.get("SPARK_HOME")).map(it -> Path.of(it, "bin"));
  }

  private Stream<Path> venv() {
    return Stream.ofNullable(program.toAbsolutePath().getParent())
        .map(it -> it.resolveSibling(".venv-spark").resolve("spark/bin"));
  }

  private Stream<Path> path() {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(it -> !it.isEmpty())
        .map(Path::of);
  }

  private static InvalidSettingException refusal(String problem) {
    return new InvalidSettingException("master", "--master needs Spark, and " + problem);
  }
}
