package io.stylegraph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What this process holds, on Linux.
 *
 * @param pointers native objects that JavaCPP frees: tensors, graphs, sessions and their options
 * @param pointerBytes what it knows of their size
 * @param files open ones
 * @param threads TensorFlow's and Java's, without those by which the JVM compiles and collects
 *     garbage, of which it has as many as it likes
 * @param temporary files in the system's folder for them
 * @param javaBytes what the JVM has taken for its heap, classes and compiled code
 * @param residentBytes the process's memory (VmRSS), Java's in use with it
 */
record ProcessFigures(
    long pointers,
    long pointerBytes,
    long files,
    long threads,
    long temporary,
    long javaBytes,
    long residentBytes) {
  private static final Pattern OF_JVM = Pattern.compile("C[12] Compiler|GC Thread|G1 ");
  private static final int SETTLE_ROUNDS = 40;
  private static final int SETTLE_MILLISECONDS = 25;

  /** What is held when all that nobody refers to is gone: the smallest of several looks. */
  static ProcessFigures settled() {
    ProcessFigures least = now();
    for (int quiet = 0, round = 0; quiet < 4 && round < SETTLE_ROUNDS; round++) {
      System.gc();
      pause();
      ProcessFigures next = now();
      quiet = next.sameCounts(least) ? quiet + 1 : 0;
      least = next;
    }
    return least;
  }

  private boolean sameCounts(ProcessFigures other) {
    return pointers == other.pointers && files == other.files && threads == other.threads;
  }

  private static ProcessFigures now() {
    return new ProcessFigures(
        Pointer.totalCount(),
        Pointer.totalBytes(),
        entries(Path.of("/proc/self/fd")),
        ownThreads(),
        entries(Path.of(System.getProperty("java.io.tmpdir"))),
        java(),
        resident());
  }

  private static long entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long ownThreads() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.filter(task -> !OF_JVM.matcher(name(task)).lookingAt()).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (IOException e) {
      return "ended meanwhile";
    }
  }

  private static long java() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    return memory.getHeapMemoryUsage().getCommitted()
        + memory.getNonHeapMemoryUsage().getCommitted();
  }

  private static long resident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(SETTLE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String header() {
    return "| after | native objects | MB of them | files | threads | temporary files | Java, MB | RSS, MB |\n"
        + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";
  }

  String row(String after) {
    return "| %s | %d | %.1f | %d | %d | %d | %.0f | %.0f |"
        .formatted(
            after,
            pointers,
            pointerBytes / 1e6,
            files,
            threads,
            temporary,
            javaBytes / 1e6,
            residentBytes / 1e6);
  }
}
