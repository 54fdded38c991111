package io.stylegraph.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the CPU can do, as far as Linux tells. */
final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private CpuFeatures() {}

  /** Whether it multiplies bfloat16 natively; false where that cannot be found out. */
  static boolean bfloat16() {
    try {
      String info = Files.exists(CPU_INFO) ? Files.readString(CPU_INFO) : "";
      return info.contains("avx512_bf16") || info.contains("amx_bf16");
    } catch (IOException e) {
      return false;
    }
  }
}
