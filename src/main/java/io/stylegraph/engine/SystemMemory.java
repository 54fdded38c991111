package io.stylegraph.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory that a new run may take. */
public final class SystemMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  private SystemMemory() {}

  /**
   * Bytes that are free or can be freed at once: the least of what Linux calls available and what
   * the container's limit leaves. Elsewhere than on Linux, the machine's whole memory.
   */
  public static long availableBytes() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    // In a container this is its limit, outside the machine's memory.
    long limit = system.getTotalMemorySize();
    try (Stream<String> lines = Files.lines(MEMINFO)) {
      return lines
          .filter(line -> line.startsWith(AVAILABLE))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .map(available -> Math.min(available, limit))
          .findFirst()
          .orElse(limit);
    } catch (IOException e) {
      return limit;
    }
  }
}
