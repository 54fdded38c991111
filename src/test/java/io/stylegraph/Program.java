package io.stylegraph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as users start it, for tests that give it processes of its own. */
public final class Program {
  public static final Path JAR = Path.of("target", "stylegraph.jar").toAbsolutePath();

  private Program() {}

  /** Its line up to the command, which may be added. */
  public static List<String> line(String... javaOptions) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(javaOptions));
    line.addAll(List.of("-jar", JAR.toString()));
    return line;
  }

  /**
   * The same for processes that end, or are killed, after seconds: on one core, so that sums have
   * one order, and without the second compiler, by which they gain nothing.
   */
  public static List<String> brief() {
    return line("-XX:ActiveProcessorCount=1", "-XX:TieredStopAtLevel=1");
  }
}
