package io.stylegraph.film;

import io.stylegraph.progress.CancellationToken;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Other processes, on this machine or many, that paint a film's shots. */
public interface FilmCluster {
  /** The one that this process was started on, if it was on any. */
  static Optional<FilmCluster> here() {
    return ServiceLoader.load(FilmCluster.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(FilmCluster::isHere)
        .findFirst();
  }

  /** Whether this process was started on it. */
  boolean isHere();

  /**
   * Paints what is not there yet, the longest shots first. Clip, pictures and frames must lie where
   * all its machines have them by the same paths. A shot that fails stops no other.
   *
   * @param listener hears of steps and frames from time to time
   * @return whether all frames are there now; not if it was cancelled
   * @throws io.stylegraph.error.RunFailedException if a shot failed, or the cluster cannot run
   *     them; the frames that are painted stay
   */
  boolean paint(
      FilmOrder order, List<FilmShot> shots, FilmListener listener, CancellationToken cancellation);
}
