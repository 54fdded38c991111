package io.stylegraph.engine;

/**
 * The steps of a run that one loop does.
 *
 * @param stage the number of its size among those of the run, from 0
 * @param before how many the run did before
 * @param steps how many the loop does
 * @param all how many the run does in all
 * @param begun when the run's first step began, as {@link System#nanoTime} tells
 */
record Span(int stage, int before, int steps, int all, long begun) {
  /**
   * The first steps of a run.
   *
   * @param spent seconds that the run had taken before now
   */
  static Span first(int steps, int all, double spent) {
    return new Span(0, 0, steps, all, System.nanoTime() - Math.round(spent * 1e9));
  }

  /** The next steps after this span's. */
  Span next(int nextSteps) {
    return new Span(stage + 1, end(), nextSteps, all, begun);
  }

  /** How many steps are done after it. */
  int end() {
    return before + steps;
  }

  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }
}
