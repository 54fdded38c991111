package io.stylegraph.spark;

import io.stylegraph.Stylizer;
import io.stylegraph.batch.JobPainter;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/** What an executor's tasks share: the model, loaded by the first of them, and the files. */
final class Workshop {
  private static @Nullable Workshop open;

  private final ClusterWork work;
  private final Stylizer stylizer;
  private final JobPainter painter;

  private Workshop(ClusterWork work, Configuration stores) {
    this.work = work;
    stylizer = work.load(Path.of(SparkFiles.get(work.archive())));
    painter = new JobPainter(stylizer, new HadoopFiles(stores, work.results(), CommitRight::await));
  }

  /** This process's, made if it is not there. */
  static synchronized Workshop of(ClusterWork work, Configuration stores) {
    Workshop usual = open;
    if (usual == null || !usual.work.equals(work)) {
      close();
      usual = new Workshop(work, stores);
      open = usual;
    }
    return usual;
  }

  /** Lets go of the model, where one process is driver and executor. */
  static synchronized void close() {
    if (open != null) {
      open.stylizer.close();
      open = null;
    }
  }

  JobPainter painter() {
    return painter;
  }
}
