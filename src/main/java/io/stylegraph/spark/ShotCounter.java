package io.stylegraph.spark;

import io.stylegraph.film.FilmListener;
import io.stylegraph.film.FilmShot;
import io.stylegraph.progress.Losses;

/** Counts on an executor how far one shot is. */
final class ShotCounter implements FilmListener {
  private final Latest<ShotCount> counts;
  private ShotCount now;

  ShotCounter(FilmShot shot, Latest<ShotCount> counts) {
    this.counts = counts;
    now = ShotCount.begun(shot.first(), 0);
  }

  @Override
  public void onStep(int frame, Losses losses) {
    tell(now.step(losses));
  }

  @Override
  public void onFrame(int frame) {
    tell(now.frame());
  }

  @Override
  public void onKept(int frames) {
    tell(ShotCount.begun(now.first(), frames));
  }

  private void tell(ShotCount count) {
    now = count;
    counts.add(count);
  }
}
