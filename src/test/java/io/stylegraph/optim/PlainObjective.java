package io.stylegraph.optim;

import java.util.ArrayList;
import java.util.List;

/** A problem with a known answer, computed in double. */
interface PlainObjective {
  /** The loss; fills the gradient. */
  double evaluate(double[] x, double[] gradient);

  /** What a search met: every evaluation's loss, point and move. */
  record Path(List<Double> losses, List<float[]> points, List<Move> moves) {
    double best() {
      return losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    float[] end() {
      return points.get(points.size() - 1);
    }
  }

  /** Evaluates and tells, until the optimiser says that it is done or the evaluations are used. */
  default Path search(LbfgsOptimizer optimizer, int evaluations) {
    Path path = new Path(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < evaluations; i++) {
      float[] point = optimizer.point().clone();
      double[] x = new double[point.length];
      for (int j = 0; j < x.length; j++) {
        x[j] = point[j];
      }
      double[] slope = new double[x.length];
      double loss = evaluate(x, slope);
      Move move = optimizer.tell(loss, floats(slope));
      path.losses().add(loss);
      path.points().add(point);
      path.moves().add(move);
      if (move == Move.CONVERGED || move == Move.GAVE_UP) {
        break;
      }
    }
    return path;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The chained Rosenbrock function; its minimum is 0 at (1, ..., 1). */
  static double rosenbrock(double[] x, double[] gradient) {
    double loss = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double valley = x[i + 1] - x[i] * x[i];
      double short1 = 1 - x[i];
      loss += 100 * valley * valley + short1 * short1;
      gradient[i] += -400 * valley * x[i] - 2 * short1;
      gradient[i + 1] += 200 * valley;
    }
    return loss;
  }

  /** The problem of {@code lbfgs_fixture.py}. */
  static double springs(double[] x, double[] gradient) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double away = x[i] - (0.5 + 0.8 * Math.cos(3 * i));
      loss += away * away / 2 + away * away * away * away / 4;
      gradient[i] += away + away * away * away;
    }
    for (int i = 0; i + 1 < x.length; i++) {
      double stretch = x[i + 1] - x[i];
      loss += (1 + i) * stretch * stretch / 2;
      gradient[i] -= (1 + i) * stretch;
      gradient[i + 1] += (1 + i) * stretch;
    }
    return loss;
  }
}
