package io.stylegraph.film;

import io.stylegraph.progress.Losses;

/** Hears of a film's progress, on the threads of its shots, of which several may run at once. */
public interface FilmListener {
  /** Hears nothing. */
  FilmListener NONE =
      new FilmListener() {
        @Override
        public void onStep(int frame, Losses losses) {}

        @Override
        public void onFrame(int frame) {}

        @Override
        public void onKept(int frames) {}
      };

  /**
   * After each step.
   *
   * @param frame of the film, counted from 0
   * @param losses before the step's update
   */
  void onStep(int frame, Losses losses);

  /** When a frame is painted and on disk. */
  void onFrame(int frame);

  /** When so many frames of a shot were found that need not be painted again. */
  void onKept(int frames);
}
