package io.stylegraph.spark;

import io.stylegraph.engine.MemoryEstimate;
import io.stylegraph.engine.SystemMemory;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** Spark's settings; what the user has set stays. */
final class ClusterSettings {
  private static final Pattern THREADS = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,.*)?])?");
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String CORES = "spark.executor.cores";
  private static final String JARS = "spark.jars";
  private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";
  private static final long MEBIBYTE = 1 << 20;

  private final SparkConf conf;

  ClusterSettings(SparkConf conf) {
    this.conf = conf;
  }

  /** What an executor has for jobs at most, in bytes, as far as it is known before it runs. */
  long memory() {
    if (threads().isPresent()) {
      return SystemMemory.availableBytes();
    }
    return conf.contains(OVERHEAD) ? conf.getSizeAsMb(OVERHEAD) * MEBIBYTE : Long.MAX_VALUE;
  }

  /** How many tasks run at once where one process is driver and executor. */
  OptionalInt threads() {
    Matcher local = THREADS.matcher(conf.get("spark.master"));
    if (!local.matches()) {
      return OptionalInt.empty();
    }
    String threads = local.group(1);
    return OptionalInt.of(
        threads == null
            ? 1
            : threads.equals("*")
                ? Runtime.getRuntime().availableProcessors()
                : Integer.parseInt(threads));
  }

  /** Whether the CPUs of a task are left to us, and may differ from the cluster's usual. */
  boolean choosesCpus() {
    return !conf.contains("spark.task.cpus")
        && !conf.getBoolean("spark.dynamicAllocation.enabled", false);
  }

  /** How often Spark begins a task at most. */
  int attempts() {
    return conf.getInt("spark.task.maxFailures", 4);
  }

  /**
   * All of them.
   *
   * @param name of what runs
   * @param largest the estimated peak of the largest job, alone in its process, in bytes
   * @param atOnce how many of them an executor is to run at once
   */
  SparkConf with(String name, long largest, int atOnce) {
    conf.setIfMissing("spark.app.name", "stylegraph " + name);
    if (threads().isPresent()) {
      return withinThisProcess(threads().getAsInt(), atOnce);
    }
    conf.setIfMissing(OVERHEAD, mebibytes(largest, atOnce) + "m");
    conf.set(JARS, ProgramJars.beside(conf.get(JARS, "")));
    conf.set(
        JAVA_OPTIONS,
        conf.get(JAVA_OPTIONS, "")
            + " -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    environment("TF_CPP_MIN_LOG_LEVEL", "3");
    environment("TF_ENABLE_ONEDNN_OPTS", "1");
    environment("MALLOC_MMAP_THRESHOLD_", "131072");
    environment("MALLOC_ARENA_MAX", "1");
    if (conf.contains(CORES)) {
      // Else each of a machine's executors would compute on all of the machine's cores.
      environment("TF_NUM_INTRAOP_THREADS", conf.get(CORES));
    }
    return conf;
  }

  /** Which has the program's jars already, and need not be seen from outside. */
  private SparkConf withinThisProcess(int threads, int atOnce) {
    return conf.setIfMissing("spark.task.cpus", Integer.toString(cpus(threads, atOnce)))
        .setIfMissing("spark.ui.enabled", "false")
        .setIfMissing("spark.driver.host", "127.0.0.1");
  }

  /** The CPUs of a task, so that an executor runs so many at once at most. */
  static int cpus(int cores, int atOnce) {
    return (cores + atOnce - 1) / atOnce;
  }

  private static long mebibytes(long largest, int atOnce) {
    long together = MemoryEstimate.BASE + atOnce * (largest - MemoryEstimate.BASE);
    return together / MEBIBYTE + 1;
  }

  private void environment(String name, String value) {
    conf.setIfMissing("spark.executorEnv." + name, value);
  }
}
