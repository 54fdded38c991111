package io.stylegraph.spark;

import io.stylegraph.progress.Losses;
import java.io.Serializable;

/**
 * How far a shot is.
 *
 * @param first its first frame, counted from 0
 * @param kept how many of its frames were there when it began
 * @param painted how many were painted since
 * @param steps that were done since
 * @param losses of the last of them
 */
record ShotCount(int first, int kept, int painted, int steps, Losses losses)
    implements Serializable {
  /** Of one that begins. */
  static ShotCount begun(int first, int kept) {
    return new ShotCount(first, kept, 0, 0, new Losses(0, 0, 0, 0));
  }

  ShotCount step(Losses latest) {
    return new ShotCount(first, kept, painted, steps + 1, latest);
  }

  ShotCount frame() {
    return new ShotCount(first, kept, painted + 1, steps, losses);
  }

  /** How many of its frames are there. */
  int there() {
    return kept + painted;
  }
}
