package io.stylegraph.error;

/** The loss of the very first step is NaN or infinite, so there is no picture to keep. */
public final class NonFiniteLossException extends StylegraphException {
  private static final long serialVersionUID = 1L;

  private final int step;

  /**
   * Makes the error.
   *
   * @param step the step whose loss is not finite, from 1
   * @param loss that loss
   */
  public NonFiniteLossException(int step, double loss) {
    super(
        "step %d: the loss is %s; try smaller weights or a smaller learning rate"
            .formatted(step, loss));
    this.step = step;
  }

  /** The step whose loss is not finite, from 1. */
  public int step() {
    return step;
  }
}
