package io.stylegraph.cli;

import com.sun.jna.Platform;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Settings that native code reads once from the process's environment. Java cannot change its own
 * environment, so the C library is asked to, before TensorFlow is loaded. What the user has set
 * stays.
 */
final class NativeSettings {
  private static final int M_MMAP_THRESHOLD = -3;
  private static final int M_ARENA_MAX = -8;

  /** glibc's largest; a new page for each tensor below it would cost a fifth of a step. */
  private static final int LARGE_IN_TILES = 1 << 25;

  private NativeSettings() {}

  static void apply() {
    System.setProperty("java.awt.headless", "true");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showLogName", "false");
    // What it reports is thrown too, and told in our words.
    System.setProperty("org.slf4j.simpleLogger.log.io.javalin", "off");
    // JavaCPP would give up at four times the Java heap; the estimate before a run guards instead.
    System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    if (Platform.isWindows()) {
      return;
    }
    CLibrary c = CLibrary.INSTANCE;
    c.setenv("TF_CPP_MIN_LOG_LEVEL", "3", 0);
    // TensorFlow leaves oneDNN off on x86 CPUs without AVX-512, where it halves a step's time.
    c.setenv("TF_ENABLE_ONEDNN_OPTS", "1", 0);
    if (Platform.isLinux()) {
      // Large blocks go back to the system when freed, instead of staying in glibc's heaps.
      c.mallopt(M_MMAP_THRESHOLD, 1 << 17);
      c.mallopt(M_ARENA_MAX, 1);
    }
  }

  /**
   * Makes TensorFlow, if it has no tensor yet, and Java give back what they free. TensorFlow's own
   * pool never does, and cannot join its regions; for tiles, whose tensors are of many sizes, that
   * is a third more memory. It saves the time to get pages anew, see {@code docs/tiling.md}.
   *
   * @param tensors whether TensorFlow is to, and not Java alone
   */
  static void giveMemoryBack(boolean tensors) {
    HotSpotDiagnosticMXBean java =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    java.setVMOption("MinHeapFreeRatio", "5");
    java.setVMOption("MaxHeapFreeRatio", "20");
    if (!tensors) {
      return;
    }
    if (!Platform.isWindows()) {
      CLibrary.INSTANCE.setenv("TF_ONEDNN_USE_SYSTEM_ALLOCATOR", "1", 0);
    }
    if (Platform.isLinux()) {
      CLibrary.INSTANCE.mallopt(M_MMAP_THRESHOLD, LARGE_IN_TILES);
    }
  }
}
