package io.stylegraph.spark;

import com.google.common.base.Throwables;
import io.stylegraph.batch.BatchCluster;
import io.stylegraph.batch.BatchListener;
import io.stylegraph.batch.BatchOrder;
import io.stylegraph.batch.JobFiles;
import io.stylegraph.batch.JobOutcome;
import io.stylegraph.batch.PlannedJob;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.error.StylegraphException;
import io.stylegraph.film.FilmCluster;
import io.stylegraph.film.FilmListener;
import io.stylegraph.film.FilmOrder;
import io.stylegraph.film.FilmShot;
import io.stylegraph.progress.CancellationToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Apache Spark, where {@code spark-submit} has started this process. */
public final class SparkCluster implements BatchCluster, FilmCluster {
  @Override
  public boolean isHere() {
    return System.getProperty("spark.master") != null;
  }

  @Override
  public JobFiles files(String results) {
    return new HadoopFiles(
        SparkHadoopUtil.get().newConfiguration(new SparkConf()), results, () -> {});
  }

  @Override
  public long memory() {
    return new ClusterSettings(new SparkConf()).memory();
  }

  @Override
  public List<JobOutcome> run(
      BatchOrder order,
      List<PlannedJob> jobs,
      BatchListener listener,
      CancellationToken cancellation) {
    List<JobOutcome> outcomes = new ArrayList<>();
    if (!jobs.isEmpty()) {
      long largest = jobs.stream().mapToLong(it -> it.size().bytes()).max().orElseThrow();
      JobFiles files = files(order.results());
      within(
          "batch",
          order,
          largest,
          (tasks, work) ->
              outcomes.addAll(new JobsRun(tasks, work, files, listener).run(jobs, cancellation)));
    }
    return outcomes;
  }

  @Override
  public boolean paint(
      FilmOrder order,
      List<FilmShot> shots,
      FilmListener listener,
      CancellationToken cancellation) {
    ShotsRun run = new ShotsRun(shots, listener);
    String frames = Path.of(shots.get(0).folder()).toUri().toString();
    within(
        "film",
        new BatchOrder(order.model(), order.checksum(), frames, order.atOnce()),
        order.bytes(),
        (tasks, work) -> run.run(tasks, work, cancellation));
    return run.isWhole(cancellation);
  }

  private interface Work {
    void run(ClusterTasks tasks, ClusterWork work) throws ExecutionException, InterruptedException;
  }

  /** Starts a Spark for it, and ends it. */
  private static void within(String name, BatchOrder order, long largest, Work what) {
    ClusterSettings settings = new ClusterSettings(new SparkConf());
    SparkConf conf = settings.with(name, largest, order.atOnce());
    try (ModelArchive archive = new ModelArchive(order.model().folder());
        JavaSparkContext spark = new JavaSparkContext(conf)) {
      spark.sc().addArchive(archive.file().toString());
      what.run(
          new ClusterTasks(spark, settings, order.atOnce()),
          new ClusterWork(
              order.results(),
              archive.name(),
              order.model().input().orElse(null),
              order.checksum(),
              order.atOnce(),
              settings.attempts()));
    } catch (StylegraphException e) {
      throw e;
    } catch (Exception e) { // Spark declares none of its own.
      throw new RunFailedException(
          "Spark cannot run the %s (%s); what is done stays, run it again to do the rest"
              .formatted(name, reason(e)),
          e);
    } finally {
      Workshop.close();
    }
  }

  /** The first line of what lies deepest. */
  private static String reason(Throwable e) {
    Throwable deepest = Throwables.getRootCause(e);
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse(deepest.toString());
  }
}
