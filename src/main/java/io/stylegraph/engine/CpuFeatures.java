package io.stylegraph.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** What the CPU can do, as far as Linux tells. */
public final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /**
   * Linux's names for what oneDNN multiplies bfloat16 with. arm64's {@code bf16} is not among them:
   * TensorFlow 2.16 gives bfloat16 to oneDNN on x86 alone.
   */
  private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16");

  private CpuFeatures() {}

  /** Whether it multiplies bfloat16 natively; false where that cannot be found out. */
  public static boolean bfloat16() {
    try {
      return Files.exists(CPU_INFO) && bfloat16(Files.readString(CPU_INFO));
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads the lines of {@code /proc/cpuinfo} that list flags. */
  static boolean bfloat16(String cpuInfo) {
    return cpuInfo
        .lines()
        .filter(line -> line.startsWith("flags"))
        .flatMap(line -> Arrays.stream(line.split("\\s+")))
        .anyMatch(BFLOAT16::contains);
  }
}
