package io.stylegraph.spark;

import io.stylegraph.Stylizer;
import io.stylegraph.batch.JobPainter;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/** What an executor's tasks share: the model, loaded by the first of them, and the files. */
final class Workshop {
  private static final ReadWriteLock IN_USE = new ReentrantReadWriteLock();
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

  /** Lets go of the model once nothing uses it, where one process is driver and executor. */
  static synchronized void close() {
    IN_USE.writeLock().lock();
    try {
      if (open != null) {
        open.stylizer.close();
        open = null;
      }
    } finally {
      IN_USE.writeLock().unlock();
    }
  }

  /** Keeps the model open for what the model itself does not count as a job. */
  void use(Consumer<Stylizer> work) {
    IN_USE.readLock().lock();
    try {
      work.accept(stylizer);
    } finally {
      IN_USE.readLock().unlock();
    }
  }

  JobPainter painter() {
    return painter;
  }
}
