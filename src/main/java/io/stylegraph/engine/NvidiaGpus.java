package io.stylegraph.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What the GPUs can do, as far as NVIDIA's driver tells. */
final class NvidiaGpus {
  /** Ampere; before it TensorFlow computes bfloat16 by way of float32. */
  private static final double FIRST_WITH_BFLOAT16 = 8.0;

  private NvidiaGpus() {}

  /** Whether all of them multiply bfloat16 natively; false where that cannot be found out. */
  static boolean bfloat16() {
    try {
      Process query =
          new ProcessBuilder("nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader")
              .redirectErrorStream(true)
              .start();
      try {
        return query.waitFor(10, TimeUnit.SECONDS)
            && bfloat16(new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      } finally {
        query.destroy();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Reads a compute capability a line, as in {@code 8.6}. */
  static boolean bfloat16(String capabilities) {
    return !capabilities.isBlank()
        && capabilities
            .lines()
            .map(String::strip)
            .allMatch(
                line ->
                    line.matches("\\d+\\.\\d+") && Double.parseDouble(line) >= FIRST_WITH_BFLOAT16);
  }
}
