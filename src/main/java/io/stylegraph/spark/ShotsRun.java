package io.stylegraph.spark;

import io.stylegraph.error.RunFailedException;
import io.stylegraph.film.FilmListener;
import io.stylegraph.film.FilmShot;
import io.stylegraph.progress.CancellationToken;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.util.CollectionAccumulator;

/** The driver's part of a film: gives out the shots, and looks at what they have become. */
final class ShotsRun {
  private final List<FilmShot> shots;
  private final ShotProgress progress;
  private List<String> failures = List.of();

  ShotsRun(List<FilmShot> shots, FilmListener listener) {
    this.shots = List.copyOf(shots);
    progress = new ShotProgress(listener);
  }

  /** Paints them, the longest first. */
  void run(ClusterTasks tasks, ClusterWork work, CancellationToken cancellation)
      throws ExecutionException, InterruptedException {
    CollectionAccumulator<String> failed = tasks.gathering(new CollectionAccumulator<>());
    Latest<ShotCount> counts = tasks.telling(ShotCount.class, progress::hear);
    List<FilmShot> longestFirst =
        shots.stream().sorted(Comparator.comparingInt((FilmShot it) -> -it.frames())).toList();
    tasks.run(
        longestFirst,
        new ShotTask(work, tasks.stores(), counts, failed),
        () -> failures = failed.value(),
        cancellation);
  }

  /**
   * Whether all frames are there, once nothing paints any more.
   *
   * @throws RunFailedException if some are not, and it was not cancelled
   */
  boolean isWhole(CancellationToken cancellation) {
    shots.forEach(it -> progress.hear(ShotCount.begun(it.first(), it.painted())));
    List<FilmShot> lacking = shots.stream().filter(it -> it.painted() < it.frames()).toList();
    if (lacking.isEmpty() || cancellation.isCancelled()) {
      return lacking.isEmpty();
    }
    throw new RunFailedException(
        "%d of %d shots are not whole; %s; what is painted stays, run the same command to go on"
            .formatted(
                lacking.size(),
                shots.size(),
                failures.isEmpty() ? elsewhere(lacking.get(0)) : failures.get(0)));
  }

  /** How messages name a shot. */
  static String span(FilmShot shot) {
    return "frames %d to %d".formatted(shot.first() + 1, shot.first() + shot.frames());
  }

  private static String elsewhere(FilmShot shot) {
    return "%s were painted, but not in this machine's %s: name a film that all machines reach"
        .formatted(span(shot), shot.folder());
  }
}
