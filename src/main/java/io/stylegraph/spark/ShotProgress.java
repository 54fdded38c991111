package io.stylegraph.spark;

import io.stylegraph.film.FilmListener;
import java.util.HashMap;
import java.util.Map;

/**
 * Passes on how far shots are as if they were painted here: each frame once, whichever attempt at
 * its shot painted it. Safe to use from any thread.
 */
final class ShotProgress {
  private final Map<Integer, ShotCount> heard = new HashMap<>();
  private final FilmListener listener;

  ShotProgress(FilmListener listener) {
    this.listener = listener;
  }

  synchronized void hear(ShotCount count) {
    ShotCount before = heard.get(count.first());
    if (before == null) {
      before = ShotCount.begun(count.first(), count.kept());
      listener.onKept(count.kept());
    }
    // A new attempt counts from 0.
    int counted = count.steps() < before.steps() ? 0 : before.steps();
    for (int i = counted; i < count.steps(); i++) {
      listener.onStep(count.first() + count.there(), count.losses());
    }
    for (int i = before.there(); i < count.there(); i++) {
      listener.onFrame(count.first() + i);
    }
    heard.put(count.first(), count);
  }
}
