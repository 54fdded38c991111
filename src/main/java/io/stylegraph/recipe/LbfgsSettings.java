package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.stylegraph.error.InvalidSettingException;

/**
 * L-BFGS (Liu and Nocedal 1989) without line search. The constants of torch.optim.LBFGS are, in
 * this order, 1, 100, 1, 20, 1e-7 and 1e-9; it has no climb limit.
 *
 * @param learningRate the fraction of each quasi-Newton step that is taken, above zero
 * @param history the pairs of step and gradient change that are remembered, 1 to 1000; each costs
 *     eight bytes a pixel value
 * @param scaling factor, above zero, on the size of the inverse Hessian before the pairs are in it,
 *     {@code y's / y'y} (Shanno and Phua 1978). That size is right for the steep directions; where
 *     the pairs hold those, a larger one goes faster along the flat rest
 * @param maxIterations moves in a row, 1 to {@value Recipe#MAX_STEPS}: torch's inner iterations of
 *     one {@code step()}; only when the lack of progress is looked for depends on it
 * @param toleranceGradient the gradient's largest absolute entry at which the search has converged
 * @param toleranceChange the change of the loss, and the largest absolute change of a pixel value,
 *     at which progress is lacking
 * @param climbLimit above 1; a loss above this many times the best one (of a negative best: above
 *     it by that many times its size, less one) sends the search back to the best point
 * @param bounds how the pixels' range is kept
 */
public record LbfgsSettings(
    double learningRate,
    int history,
    double scaling,
    int maxIterations,
    double toleranceGradient,
    double toleranceChange,
    double climbLimit,
    Bounds bounds)
    implements OptimizerSettings {
  /** How the pixels' range is kept. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  public enum Bounds {
    /** Not at all: pixels may leave their range. */
    NONE,
    /**
     * Pixels are clamped before each evaluation, and the method does not know: PyTorch's
     * style-transfer tutorial.
     */
    CLAMPED,
    /** The search is one within the range: pixels that press against its ends are held there. */
    PROJECTED
  }

  public LbfgsSettings {
    Settings.positive("learningRate", learningRate);
    Settings.inRange("history", history, 1, 1000);
    Settings.positive("scaling", scaling);
    Settings.inRange("maxIterations", maxIterations, 1, Recipe.MAX_STEPS);
    Settings.notNegative("toleranceGradient", toleranceGradient);
    Settings.notNegative("toleranceChange", toleranceChange);
    if (!(climbLimit > 1 && Double.isFinite(climbLimit))) {
      throw new InvalidSettingException(
          "climbLimit", "climbLimit (%s) must be above 1 and finite".formatted(climbLimit));
    }
  }

  @Override
  public String kind() {
    return "lbfgs";
  }

  @Override
  public boolean bounded() {
    return bounds != Bounds.NONE;
  }

  @Override
  public LbfgsSettings withLearningRate(double learningRate) {
    return new LbfgsSettings(
        learningRate,
        history,
        scaling,
        maxIterations,
        toleranceGradient,
        toleranceChange,
        climbLimit,
        bounds);
  }
}
