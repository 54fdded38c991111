package io.stylegraph.optim;

import io.stylegraph.recipe.LbfgsSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * L-BFGS without line search, in the iterations of torch.optim.LBFGS, by asking and telling: the
 * caller evaluates {@link #point()} wherever it likes and {@link #tell}s the result, which moves
 * the point. One call of {@code tell} is one evaluation is one step of a recipe.
 *
 * <p>What torch does not have: bounds as a part of the method ({@link
 * LbfgsSettings.Bounds#PROJECTED}), and resets. Where a loss or gradient is not finite, or a loss
 * climbs over the limit (smaller climbs are normal without a line search), the history is cleared
 * and the search goes on from the best point with a quarter of the step length; each better point
 * doubles the length again up to the whole. After {@value #MAX_RESETS} resets in a row without a
 * better point it gives up.
 *
 * <p>Vectors are kept in float and summed in double. {@link #bytes} says what that costs. An update
 * works on all cores, in the pool of parallel streams; what comes out does not depend on their
 * number. Not safe for use from several threads.
 */
public final class LbfgsOptimizer {
  private static final int MAX_RESETS = 8;
  private static final double RESET_CAUTION = 0.25;
  private static final double BETTER_CAUTION = 2;
  private static final int VECTORS_BESIDE_HISTORY = 8;

  private static final String POINT = OptimizerState.POINT;
  private static final String GRADIENT = "gradient";
  private static final String STEP = "step";
  private static final String BEST = "best";
  private static final String BEST_GRADIENT = "bestGradient";
  private static final String BEST_LOSS = "bestLoss";

  private final LbfgsSettings settings;
  private final Region region;
  private final CurvatureHistory history;
  private final HeldValues held;
  private final BestPoint best;
  private final float[] point;
  private final float[] gradient;
  private final float[] step;

  /** Whether {@link #step} is what led to the point. */
  private boolean moved;

  /** The largest absolute value of the last step. */
  private double stepSize;

  private double previousLoss;
  private boolean first = true;
  private int movesInARow;
  private int resetsInARow;
  private double caution = 1;

  /**
   * Begins a search.
   *
   * @param start is copied, and brought into the range if there are bounds
   * @param lower the least value, in the start's units; unused where there are no bounds
   * @param upper the greatest value, likewise
   */
  public LbfgsOptimizer(LbfgsSettings settings, float[] start, float lower, float upper) {
    this.settings = settings;
    region = region(settings.bounds(), lower, upper);
    history = new CurvatureHistory(settings.history(), start.length);
    held = new HeldValues(start.length);
    best = new BestPoint(start.length);
    point = start.clone();
    gradient = new float[start.length];
    step = new float[start.length];
    region.enter(point);
  }

  /**
   * Goes on from a state.
   *
   * @param lower the least value, as above
   * @param upper the greatest value, likewise
   */
  public LbfgsOptimizer(LbfgsSettings settings, OptimizerState state, float lower, float upper) {
    this(settings, state.vector(POINT), lower, upper);
    Vectors.copy(state.vector(GRADIENT), gradient);
    Vectors.copy(state.vector(STEP), step);
    history.restore(state);
    if (state.numbers().containsKey(BEST_LOSS)) {
      best.keep(state.vector(BEST), state.number(BEST_LOSS), state.vector(BEST_GRADIENT));
    }
    moved = state.flag("moved");
    stepSize = state.number("stepSize");
    previousLoss = state.number("previousLoss");
    first = state.flag("first");
    movesInARow = (int) state.number("movesInARow");
    resetsInARow = (int) state.number("resetsInARow");
    caution = state.number("caution");
  }

  /** What it knows. */
  public OptimizerState state() {
    Map<String, Double> numbers = new HashMap<>();
    numbers.put("moved", moved ? 1.0 : 0);
    numbers.put("stepSize", stepSize);
    numbers.put("previousLoss", previousLoss);
    numbers.put("first", first ? 1.0 : 0);
    numbers.put("movesInARow", (double) movesInARow);
    numbers.put("resetsInARow", (double) resetsInARow);
    numbers.put("caution", caution);
    Map<String, float[]> vectors = new HashMap<>();
    vectors.put(POINT, point);
    vectors.put(GRADIENT, gradient);
    vectors.put(STEP, step);
    if (best.exists()) {
      numbers.put(BEST_LOSS, best.loss());
      vectors.put(BEST, best.point());
      vectors.put(BEST_GRADIENT, best.gradient());
    }
    Map<String, double[]> products = new HashMap<>();
    history.save(numbers, products, vectors);
    return new OptimizerState(numbers, products, vectors);
  }

  /**
   * The most memory that a search holds, in bytes: of {@code values} values, once it has run on.
   */
  public static long bytes(LbfgsSettings settings, long values) {
    return (2L * settings.history() + VECTORS_BESIDE_HISTORY) * Float.BYTES * values;
  }

  /** The point to evaluate next: the optimiser's own array, to be read before the next tell. */
  public float[] point() {
    return point;
  }

  /**
   * Takes what was found at {@link #point()} and moves the point.
   *
   * @param loss at the point
   * @param gradient at the point, of its length; is not kept
   * @return what was done; without any finite loss so far, {@link Move#GAVE_UP}
   */
  public Move tell(double loss, float[] gradient) {
    if (!Double.isFinite(loss) || !Double.isFinite(Vectors.absSum(gradient)) || climbed(loss)) {
      return recover();
    }
    if (best.keep(point, loss, gradient)) {
      resetsInARow = 0;
      caution = Math.min(1, caution * BETTER_CAUTION);
    }
    if (moved) {
      history.offer(region, step, gradient, this.gradient);
      moved = false;
    }
    return advance(loss, gradient);
  }

  private boolean climbed(double loss) {
    return best.exists()
        && loss - best.loss() > (settings.climbLimit() - 1) * Math.abs(best.loss());
  }

  private Move recover() {
    if (!best.exists()) {
      return Move.GAVE_UP;
    }
    Vectors.copy(best.point(), point);
    history.clear();
    moved = false;
    first = true;
    movesInARow = 0;
    if (++resetsInARow > MAX_RESETS) {
      return Move.GAVE_UP;
    }
    caution *= RESET_CAUTION;
    Move move = advance(best.loss(), best.gradient());
    return move == Move.MOVED ? Move.RESET : move;
  }

  private Move advance(double loss, float[] newGradient) {
    Vectors.copy(newGradient, gradient);
    Vectors.negate(gradient, step);
    region.hold(point, gradient, held);
    held.zero(step);
    if (Vectors.maxAbs(step) <= settings.toleranceGradient()) {
      return Move.CONVERGED;
    }
    if (movesInARow > 0 && stalled(loss)) {
      movesInARow = 0;
      return Move.STALLED;
    }
    previousLoss = loss;
    return move();
  }

  private boolean stalled(double loss) {
    return stepSize <= settings.toleranceChange()
        || Math.abs(loss - previousLoss) < settings.toleranceChange();
  }

  private Move move() {
    double length = caution * settings.learningRate();
    if (first || (region.waitsForCurvature() && history.size() == 0)) {
      length *= region.firstLength(step);
    }
    history.precondition(step, held, settings.scaling());
    if (Vectors.dot(gradient, step) > -settings.toleranceChange()) {
      return Move.CONVERGED;
    }
    region.move(point, step, length);
    stepSize = Vectors.maxAbs(step);
    moved = true;
    first = false;
    movesInARow = (movesInARow + 1) % settings.maxIterations();
    return Move.MOVED;
  }

  private static Region region(LbfgsSettings.Bounds bounds, float lower, float upper) {
    return switch (bounds) {
      case NONE -> new ClampedRegion(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
      case CLAMPED -> new ClampedRegion(lower, upper);
      case PROJECTED -> new ProjectedRegion(lower, upper);
    };
  }
}
