package io.stylegraph.film;

import java.io.Serializable;

/**
 * A shot to paint, as plain texts and numbers that may travel: its frames depend on one another and
 * on no other shot's.
 *
 * @param key of the clip, the shot, the request with all its pictures, the settings, the model and
 *     the program: frames of the same key are the same
 * @param clip the clip's path
 * @param first its first frame, counted from 0
 * @param frames how many there are
 * @param request as {@link io.stylegraph.RequestJson}, whose content stands for any frame
 * @param frameSteps see {@link FilmSettings}
 * @param temporalWeight likewise
 * @param folder where the painted frames are kept
 */
public record FilmShot(
    String key,
    String clip,
    int first,
    int frames,
    String request,
    int frameSteps,
    double temporalWeight,
    String folder)
    implements Serializable {
  /** How many of its frames are painted and whole, from its first on without a gap. */
  public int painted() {
    return new PaintedFrames(this).count();
  }

  FilmSettings settings() {
    return new FilmSettings(frameSteps, temporalWeight);
  }
}
