package io.stylegraph.spark;

import io.stylegraph.Stylizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The jars that executors need: the program's and those in {@code lib} beside it. */
final class ProgramJars {
  private ProgramJars() {}

  /**
   * The jars given and ours, without those of ours whose names are among them.
   *
   * @param given URIs between commas, as {@code spark.jars} has them
   */
  static String beside(String given) {
    Map<String, String> byName = new LinkedHashMap<>();
    Stream.concat(Stream.of(given.split(",")).filter(it -> !it.isEmpty()), ours())
        .forEach(it -> byName.putIfAbsent(it.substring(it.lastIndexOf('/') + 1), it));
    return String.join(",", byName.values());
  }

  /** None where the program's classes are in no jar of their own. */
  private static Stream<String> ours() {
    Path program = program();
    Path lib = program.resolveSibling("lib");
    if (!Files.isRegularFile(program) || !Files.isDirectory(lib)) {
      return Stream.empty();
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return Stream.concat(Stream.of(program), jars.sorted())
          .map(it -> it.toUri().toString())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    try {
      return Path.of(Stylizer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // Java's own.
    }
  }
}
