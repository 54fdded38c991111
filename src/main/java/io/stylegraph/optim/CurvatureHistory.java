package io.stylegraph.optim;

import java.util.ArrayList;
import java.util.List;

/**
 * The last pairs of step and gradient change, and the product of the inverse Hessian that they
 * imply with a vector: the two-loop recursion (Nocedal 1980; Nocedal and Wright, Numerical
 * Optimization, algorithm 7.4).
 *
 * <p>Held values are taken out of every inner product, so that the recursion is the one of the free
 * values' own problem (as in Schmidt's minConf): the inverse of a part of the Hessian, which the
 * part of the inverse is not.
 */
final class CurvatureHistory {
  private final int limit;
  private final List<CurvaturePair> pairs = new ArrayList<>();
  private CurvaturePair spare;

  CurvatureHistory(int limit, int values) {
    this.limit = limit;
    spare = new CurvaturePair(values);
  }

  int size() {
    return pairs.size();
  }

  void clear() {
    pairs.clear();
  }

  /** Remembers a pair if the region accepts its curvature; drops the oldest one for it if full. */
  void offer(Region region, float[] step, float[] gradient, float[] previousGradient) {
    spare.measure(step, gradient, previousGradient);
    if (!region.accepts(spare)) {
      return;
    }
    pairs.add(spare);
    spare = pairs.size() > limit ? pairs.remove(0) : new CurvaturePair(step.length);
  }

  /**
   * Turns the negative gradient into the quasi-Newton direction, in place.
   *
   * @param direction zero at the held values, before and after
   * @param scaling factor on the size of the inverse Hessian between the loops
   */
  void precondition(float[] direction, HeldValues held, double scaling) {
    List<CurvaturePair> usable = pairs.stream().filter(pair -> pair.restrict(held)).toList();
    if (usable.isEmpty()) {
      return;
    }
    for (int i = usable.size() - 1; i >= 0; i--) {
      usable.get(i).descend(direction);
      held.zero(direction);
    }
    Vectors.scale(direction, scaling * usable.get(usable.size() - 1).inverseCurvature(held));
    for (CurvaturePair pair : usable) {
      pair.ascend(direction);
      held.zero(direction);
    }
  }
}
