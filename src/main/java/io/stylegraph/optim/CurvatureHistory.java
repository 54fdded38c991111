package io.stylegraph.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The last pairs of step and gradient change, and the product of the inverse Hessian that they
 * imply with a vector: the two-loop recursion (Nocedal 1980; Nocedal and Wright, Numerical
 * Optimization, algorithm 7.4).
 *
 * <p>Its coefficients come from inner products alone (as in Byrd, Nocedal and Schnabel 1994, and
 * Chen, Wang and Zhou 2014), so that the pairs are gone through three times, a block at a time on
 * all cores, rather than vector after vector. With the steps S, changes Y and {@link
 * CurvatureMatrix} R:
 *
 * <pre>
 * first loop    alpha = R⁻¹S'q             q -= Y alpha
 * between       r = H0 q                   here a multiple, but H0 may be any linear operator
 * second loop   c = R'⁻¹(diag(R) alpha - Y'r)    r += S c
 * </pre>
 *
 * <p>Held values are taken out of every inner product, so that the recursion is the one of the free
 * values' own problem (as in Schmidt's minConf): the inverse of a part of the Hessian, which the
 * part of the inverse is not.
 */
final class CurvatureHistory {
  private static final String PAIRS = "pairs";
  private static final String KNOWN = "known";
  private static final String PRODUCTS = "products";
  private static final String STEP = "step-";
  private static final String CHANGE = "change-";

  private final int limit;
  private final Blocks blocks;
  private final List<CurvaturePair> pairs = new ArrayList<>();
  private CurvaturePair spare;

  /** Pairs, the oldest ones, that know their products with the steps before them. */
  private int known;

  CurvatureHistory(int limit, int values) {
    this.limit = limit;
    blocks = new Blocks(values);
    spare = new CurvaturePair(values, limit);
  }

  /** Puts what it knows into a state's parts; the vectors are its own. */
  void save(
      Map<String, Double> numbers, Map<String, double[]> products, Map<String, float[]> vectors) {
    double[] rows = new double[size() * (limit + 1)];
    for (int i = 0; i < size(); i++) {
      vectors.put(STEP + i, pairs.get(i).step());
      vectors.put(CHANGE + i, pairs.get(i).change());
      pairs.get(i).save(rows, i);
    }
    products.put(PRODUCTS, rows);
    numbers.put(PAIRS, (double) size());
    numbers.put(KNOWN, (double) known);
  }

  /** Goes on from a state; without pairs yet. */
  void restore(OptimizerState state) {
    double[] rows = state.product(PRODUCTS);
    for (int i = 0; i < state.number(PAIRS); i++) {
      spare.restore(state.vector(STEP + i), state.vector(CHANGE + i), rows, i);
      pairs.add(spare);
      spare = new CurvaturePair(spare.step().length, limit);
    }
    known = (int) state.number(KNOWN);
  }

  int size() {
    return pairs.size();
  }

  void clear() {
    pairs.clear();
    known = 0;
  }

  /** Remembers a pair if the region accepts its curvature; drops the oldest one for it if full. */
  void offer(Region region, float[] step, float[] gradient, float[] previousGradient) {
    spare.measure(step, gradient, previousGradient, blocks);
    if (!region.accepts(spare)) {
      return;
    }
    pairs.add(spare);
    if (pairs.size() > limit) {
      spare = pairs.remove(0);
      known = Math.max(0, known - 1);
    } else {
      spare = new CurvaturePair(step.length, limit);
    }
  }

  /**
   * Turns the negative gradient into the quasi-Newton direction, in place.
   *
   * @param direction zero at the held values, before and after
   * @param scaling factor on the size of the inverse Hessian between the loops
   */
  void precondition(float[] direction, HeldValues held, double scaling) {
    List<float[]> steps = pairs.stream().map(CurvaturePair::step).toList();
    List<float[]> changes = pairs.stream().map(CurvaturePair::change).toList();
    double[] slopes = stepProducts(steps, direction);
    CurvatureMatrix matrix = new CurvatureMatrix(pairs, held);
    int newest = matrix.newest();
    if (newest < 0) {
      return;
    }
    double[] alpha = matrix.solve(slopes);
    double[] minusAlpha = Arrays.stream(alpha).map(a -> -a).toArray();
    double size = matrix.curvature(newest) / changeSquared(pairs.get(newest), held);
    float scale = (float) (scaling * size);
    double[] across =
        blocks.sums(
            size(),
            (block, sums) -> {
              blocks.addScaled(block, direction, minusAlpha, changes);
              held.zero(direction, blocks.from(block), blocks.to(block));
              Vectors.scale(direction, scale, blocks.from(block), blocks.to(block));
              blocks.dots(block, changes, direction, sums, 0);
            });
    double[] along = matrix.solveTransposed(alpha, across);
    blocks.forEach(block -> blocks.addScaled(block, direction, along, steps));
    held.zero(direction);
  }

  /** {@code S'q}, and on the same way what the newest pairs do not know yet. */
  private double[] stepProducts(List<float[]> steps, float[] vector) {
    int size = size();
    double[] products =
        blocks.sums(
            size * (1 + size - known),
            (block, sums) -> {
              blocks.dots(block, steps, vector, sums, 0);
              for (int j = known; j < size; j++) {
                blocks.dots(block, steps, pairs.get(j).change(), sums, size * (1 + j - known));
              }
            });
    for (int j = known; j < size; j++) {
      for (int i = 0; i < j; i++) {
        pairs.get(j).putWithStep(j - i, products[size * (1 + j - known) + i]);
      }
    }
    known = size;
    return Arrays.copyOf(products, size);
  }

  private double changeSquared(CurvaturePair pair, HeldValues held) {
    float[] heldChange = held.of(pair.change());
    return pair.changeSquared() - Vectors.dot(heldChange, heldChange);
  }
}
