package io.stylegraph.spark;

import io.stylegraph.progress.CancellationToken;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.AccumulatorV2;
import org.apache.spark.util.SerializableConfiguration;

/** The driver's part: gives out what is to be done, each as one task of Spark's. */
final class ClusterTasks {
  private static final long MILLIS_BETWEEN = 200;

  private final JavaSparkContext spark;
  private final ClusterSettings settings;
  private final int atOnce;

  /**
   * Of a Spark that is up.
   *
   * @param atOnce how many an executor runs at once
   */
  ClusterTasks(JavaSparkContext spark, ClusterSettings settings, int atOnce) {
    this.spark = spark;
    this.settings = settings;
    this.atOnce = atOnce;
  }

  /** The settings of the stores, to send to executors. */
  SerializableConfiguration stores() {
    return new SerializableConfiguration(spark.hadoopConfiguration());
  }

  /** What tasks tell the driver once they have ended. */
  <A extends AccumulatorV2<?, ?>> A gathering(A what) {
    spark.sc().register(what, what.getClass().getSimpleName());
    return what;
  }

  /** What tasks tell the driver while they run. */
  <T> Latest<T> telling(Class<T> kind, Consumer<T> heard) {
    Latest<T> latest = gathering(new Latest<>(heard));
    spark.sc().addSparkListener(new Heartbeats<>(latest, kind));
    return latest;
  }

  /**
   * Does all, and returns when they have ended or it is cancelled.
   *
   * @param meanwhile is called again and again, and once more at the end
   */
  <T> void run(
      List<T> all, VoidFunction<T> task, Runnable meanwhile, CancellationToken cancellation)
      throws ExecutionException, InterruptedException {
    // Interrupts what is cancelled.
    spark.setJobGroup("stylegraph", "stylegraph", true);
    JavaFutureAction<Void> running =
        fitted(spark.parallelize(all, all.size()), cancellation).foreachAsync(task);
    CancellationToken.Registration stop = cancellation.onCancel(() -> running.cancel(true));
    while (!running.isDone()) {
      meanwhile.run();
      Thread.sleep(MILLIS_BETWEEN);
    }
    stop.close();
    meanwhile.run();
    if (!cancellation.isCancelled()) {
      running.get();
    }
  }

  private <T> JavaRDD<T> fitted(JavaRDD<T> tasks, CancellationToken cancellation)
      throws InterruptedException {
    if (!settings.choosesCpus()) {
      return tasks;
    }
    Executors executors = new Executors(spark.sc());
    executors.await(cancellation);
    return executors.atOnce(atOnce, tasks);
  }
}
