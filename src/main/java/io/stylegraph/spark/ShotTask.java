package io.stylegraph.spark;

import io.stylegraph.Stylizer;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.error.StylegraphException;
import io.stylegraph.film.FilmShot;
import io.stylegraph.film.ShotPainter;
import io.stylegraph.progress.CancellationToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Paints one shot on an executor, from the last frame on that is there. What goes wrong is told to
 * the driver: a task that failed would end the others in the end.
 */
final class ShotTask implements VoidFunction<FilmShot> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ShotTask.class);

  private final ClusterWork work;
  private final SerializableConfiguration stores;
  private final Latest<ShotCount> counts;
  private final CollectionAccumulator<String> failures;

  ShotTask(
      ClusterWork work,
      SerializableConfiguration stores,
      Latest<ShotCount> counts,
      CollectionAccumulator<String> failures) {
    this.work = work;
    this.stores = stores;
    this.counts = counts;
    this.failures = failures;
  }

  @Override
  public void call(FilmShot shot) {
    int attempt = TaskContext.get().attemptNumber();
    if (work.givesUp(attempt)) {
      fail(shot, "its executor was lost %d times; try smaller frames".formatted(attempt));
      return;
    }
    // Two attempts at once would paint each other's frames.
    CommitRight.await();
    try {
      Workshop.of(work, stores.value()).use(stylizer -> paint(shot, stylizer));
    } catch (StylegraphException e) {
      fail(shot, e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed unexpectedly", ShotsRun.span(shot), e);
      fail(shot, e instanceof OutOfMemoryError ? "out of memory" : "unexpected error: " + e);
    }
  }

  private void paint(FilmShot shot, Stylizer stylizer) {
    for (String needed : List.of(shot.folder(), shot.clip())) {
      if (!Files.exists(Path.of(needed))) {
        throw new RunFailedException(
            "%s is not there; name a film, a clip and pictures that all machines reach"
                .formatted(needed));
      }
    }
    new ShotPainter(stylizer, new ShotCounter(shot, counts), new CancellationToken()).paint(shot);
  }

  private void fail(FilmShot shot, @Nullable String error) {
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    failures.add("%s on %s: %s".formatted(ShotsRun.span(shot), host, error));
  }
}
