package io.stylegraph.film;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import io.stylegraph.Stylizer;
import io.stylegraph.progress.CancellationToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Paints a film's shots on this machine, several at once. */
public final class FilmRun {
  private FilmRun() {}

  /**
   * Paints what is not there yet. When one shot fails the others are cancelled; the frames that are
   * painted stay.
   *
   * @param atOnce how many shots at the same time
   * @return whether all frames are there now; not if it was cancelled
   * @throws io.stylegraph.error.StylegraphException if an input is wrong or a run fails
   */
  public static boolean paint(
      Stylizer stylizer,
      List<FilmShot> shots,
      int atOnce,
      FilmListener listener,
      CancellationToken cancellation) {
    CancellationToken own = new CancellationToken();
    ShotPainter painter = new ShotPainter(stylizer, listener, own);
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, shots.size()));
    CancellationToken.Registration registration = cancellation.onCancel(own::cancel);
    try {
      List<Future<Boolean>> running = new ArrayList<>();
      shots.forEach(shot -> running.add(threads.submit(() -> paint(painter, shot, own))));
      return join(running);
    } finally {
      registration.close();
      threads.shutdown();
    }
  }

  private static boolean paint(ShotPainter painter, FilmShot shot, CancellationToken own) {
    try {
      return painter.paint(shot);
    } catch (Throwable e) { // An Error too ends the others.
      own.cancel();
      throw e;
    }
  }

  /** Waits for all of them, also when this thread is interrupted: they use the caller's model. */
  private static boolean join(List<Future<Boolean>> running) {
    boolean whole = true;
    List<Throwable> failures = new ArrayList<>();
    for (Future<Boolean> shot : running) {
      try {
        whole &= Boolean.TRUE.equals(Uninterruptibles.getUninterruptibly(shot));
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      }
    }
    failures.forEach(Throwables::throwIfUnchecked);
    return whole;
  }
}
