package io.stylegraph.engine;

/**
 * The steps of a run that one loop does.
 *
 * @param before how many the run did before
 * @param steps how many the loop does
 * @param all how many the run does in all
 * @param begun when the run's first step began, as {@link System#nanoTime} tells
 */
record Span(int before, int steps, int all, long begun) {
  /** The first steps of a run, which begins now. */
  static Span first(int steps, int all) {
    return new Span(0, steps, all, System.nanoTime());
  }

  /** The next steps after this span's. */
  Span next(int nextSteps) {
    return new Span(before + steps, nextSteps, all, begun);
  }

  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }
}
