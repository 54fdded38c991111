package io.stylegraph.progress;

/**
 * One finished step.
 *
 * @param step counted from 1
 * @param steps how many the run will do
 * @param losses those of the picture before this step's update
 * @param seconds since the first step began
 */
public record StepReport(int step, int steps, Losses losses, double seconds) {
  /** The mean speed since the first step began. */
  public double stepsPerSecond() {
    return step / seconds;
  }

  /** The time left at the mean speed, in seconds. */
  public double secondsLeft() {
    return (steps - step) * seconds / step;
  }
}
