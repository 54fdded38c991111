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
import io.stylegraph.progress.CancellationToken;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Apache Spark, where {@code spark-submit} has started this process. */
public final class SparkCluster implements BatchCluster {
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
    if (jobs.isEmpty()) {
      return List.of();
    }
    ClusterSettings settings = new ClusterSettings(new SparkConf());
    try (ModelArchive archive = new ModelArchive(order.model().folder());
        JavaSparkContext spark = new JavaSparkContext(settings.with(jobs, order.atOnce()))) {
      spark.sc().addArchive(archive.file().toString());
      ClusterWork work = ClusterWork.of(order, archive.name(), settings.attempts());
      return new ClusterRun(spark, settings, work, files(order.results()), listener)
          .run(jobs, cancellation);
    } catch (StylegraphException e) {
      throw e;
    } catch (Exception e) { // Spark declares none of its own.
      throw new RunFailedException(
          "Spark cannot run the batch (%s); what is done stays, run it again to do the rest"
              .formatted(reason(e)),
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
