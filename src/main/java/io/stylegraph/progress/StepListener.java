package io.stylegraph.progress;

/** Hears of each step. Called on the loop's own thread: the next step waits until it returns. */
@FunctionalInterface
public interface StepListener {
  /** Called once a step, after its update. An exception thrown here ends the run. */
  void onStep(StepReport report);

  /** A listener that does nothing. */
  static StepListener none() {
    return report -> {};
  }
}
