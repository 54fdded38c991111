package io.stylegraph.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory that a new run may take. */
public final class SystemMemory {
  private static final Path OF_MACHINE = Path.of("/proc/meminfo");
  private static final Path OF_PROCESS = Path.of("/proc/self/status");

  private SystemMemory() {}

  /**
   * Bytes that are free or can be freed at once: the least of what Linux calls available and what
   * the container's limit leaves. Elsewhere than on Linux, the machine's whole memory.
   */
  public static long availableBytes() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    // In a container this is its limit, outside the machine's memory.
    long limit = system.getTotalMemorySize();
    return bytes(OF_MACHINE, "MemAvailable:").stream()
        .map(available -> Math.min(available, limit))
        .findFirst()
        .orElse(limit);
  }

  /** The most memory that this process has held so far, in bytes (VmHWM); Linux alone tells. */
  public static OptionalLong peakBytes() {
    return bytes(OF_PROCESS, "VmHWM:");
  }

  /** A line's number, which Linux gives in kB. */
  private static OptionalLong bytes(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
