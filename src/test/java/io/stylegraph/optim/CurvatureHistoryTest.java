package io.stylegraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CurvatureHistoryTest {
  private static final Region FREE =
      new ClampedRegion(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  private static final float[] ZERO = {0, 0};

  private final CurvatureHistory history = new CurvatureHistory(2, 2);
  private final HeldValues held = new HeldValues(2);

  @Test
  void leavesTheGradientWithoutPairs() {
    assertThat(product(3, 4)).containsExactly(3, 4);
  }

  @Test
  void dividesByTheCurvatureOfEachDirection() {
    measureDiagonal(2, 5);
    assertThat(product(2, 5)).containsExactly(new float[] {1, 1}, within(1e-6f));
  }

  /** What a pair has measured stays; where none has, the scaling counts. */
  @Test
  void scalesTheDirectionsThatNoPairHasMeasured() {
    history.offer(FREE, new float[] {1, 0}, new float[] {2, 0}, ZERO);
    float[] vector = {2, 4};
    history.precondition(vector, held, 3);
    assertThat(vector).containsExactly(new float[] {1, 3 * 4 / 2f}, within(1e-6f));
  }

  @Test
  void forgetsTheOldestPairs() {
    measureDiagonal(7, 9);
    measureDiagonal(2, 5);
    assertThat(history.size()).isEqualTo(2);
    assertThat(product(2, 5)).containsExactly(new float[] {1, 1}, within(1e-6f));
  }

  @Test
  void refusesPairsWithoutCurvature() {
    history.offer(FREE, new float[] {1, 0}, new float[] {-1, 0}, ZERO);
    history.offer(FREE, new float[] {1, 0}, new float[] {1e-11f, 0}, ZERO);
    history.offer(FREE, new float[] {1, 0}, ZERO, ZERO);
    assertThat(history.size()).isZero();
  }

  /** For the Hessian (4 3; 3 4): the inverse of the first value's part is 1/4, not 4/7. */
  @Test
  void solvesTheProblemOfTheFreeValues() {
    history.offer(FREE, new float[] {1, 0}, new float[] {4, 3}, ZERO);
    history.offer(FREE, new float[] {0, 1}, new float[] {3, 4}, ZERO);
    held.add(1);
    assertThat(product(8, 0)).containsExactly(new float[] {2, 0}, within(1e-6f));
  }

  private void measureDiagonal(float first, float second) {
    history.offer(FREE, new float[] {1, 0}, new float[] {first, 0}, ZERO);
    history.offer(FREE, new float[] {0, 1}, new float[] {0, second}, ZERO);
  }

  private float[] product(float... vector) {
    history.precondition(vector, held, 1);
    return vector;
  }
}
