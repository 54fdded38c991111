package io.stylegraph.spark;

import io.stylegraph.progress.CancellationToken;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/** The processes that Spark has started for the batch. */
final class Executors {
  private static final Logger LOG = LoggerFactory.getLogger(Executors.class);
  private static final long MILLIS_BETWEEN = 100;
  private static final int WAITS_BETWEEN_WORDS = 300;

  private final SparkContext spark;

  Executors(SparkContext spark) {
    this.spark = spark;
  }

  /** Waits for the first. */
  void await(CancellationToken cancellation) throws InterruptedException {
    for (int i = 1; fewestCores().isEmpty() && !cancellation.isCancelled(); i++) {
      Thread.sleep(MILLIS_BETWEEN);
      if (spark.isStopped()) {
        throw new IllegalStateException(
            spark.master() + " gives no executors; see the log of its master");
      }
      if (i % WAITS_BETWEEN_WORDS == 0) {
        LOG.warn(
            "{} has given no executor yet; see whether its machines have the cores and the memory"
                + " that are asked for",
            spark.master());
      }
    }
  }

  /** The same tasks, so many at once on an executor, on those that are there now. */
  <T> JavaRDD<T> atOnce(int count, JavaRDD<T> tasks) {
    int cpus = ClusterSettings.cpus(fewestCores().orElse(1), count);
    return tasks.withResources(
        new ResourceProfileBuilder().require(new TaskResourceRequests().cpus(cpus)).build());
  }

  private OptionalInt fewestCores() {
    return CollectionConverters.asJava(spark.statusStore().executorList(true)).stream()
        .filter(it -> !it.id().equals("driver"))
        .mapToInt(it -> it.totalCores())
        .min();
  }
}
