package io.stylegraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.optim.PlainObjective.Path;
import io.stylegraph.recipe.LbfgsSettings;
import io.stylegraph.recipe.LbfgsSettings.Bounds;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LbfgsOptimizerTest {
  private static final PlainObjective ROSENBROCK = PlainObjective::rosenbrock;

  @ParameterizedTest
  @EnumSource
  void findsRosenbrocksMinimumInsideTheRange(Bounds bounds) {
    LbfgsOptimizer optimizer = optimizer(bounds, new float[] {-1.2f, 1}, -2, 2);
    Path path = ROSENBROCK.search(optimizer, 200);
    assertThat(path.best()).isLessThan(1e-9);
    assertClose(optimizer.point(), new float[] {1, 1}, 1e-3f);
  }

  @ParameterizedTest
  @CsvSource({"5, 10", "20, 100", "60, 1000"})
  void findsTheMinimumOfAQuadratic(int values, double condition) {
    Quadratic quadratic = Quadratic.free(values, condition);
    LbfgsOptimizer optimizer = optimizer(Bounds.NONE, new float[values], 0, 0);
    quadratic.search(optimizer, 300);
    assertClose(optimizer.point(), quadratic.answer(), 1e-3f);
  }

  @ParameterizedTest
  @CsvSource({"9, 10", "30, 100", "150, 1000"})
  void findsTheMinimumOfABoundedQuadratic(int values, double condition) {
    Quadratic quadratic = Quadratic.bounded(values, condition, 0, 255);
    LbfgsOptimizer optimizer = optimizer(Bounds.PROJECTED, filled(values, 100), 0, 255);
    Path path = quadratic.search(optimizer, 300);
    assertWithin(path, 0, 255);
    assertClose(optimizer.point(), quadratic.answer(), 0.01f);
  }

  /** With both values at most ½, x = ½ and y = x². */
  @Test
  void findsRosenbrocksMinimumAtABound() {
    LbfgsOptimizer optimizer = optimizer(Bounds.PROJECTED, new float[] {-0.5f, -0.5f}, -1, 0.5f);
    Path path = ROSENBROCK.search(optimizer, 100);
    assertWithin(path, -1, 0.5f);
    assertThat(path.moves()).endsWith(Move.CONVERGED);
    assertThat(path.best()).isCloseTo(0.25, within(1e-6));
    assertClose(optimizer.point(), new float[] {0.5f, 0.25f}, 1e-4f);
  }

  /** Clamping alone, as in PyTorch's tutorial, stays in the range but finds no bounded minimum. */
  @Test
  void clampingKeepsTheRangeOnly() {
    Quadratic quadratic = Quadratic.bounded(30, 100, 0, 255);
    Path clamped = quadratic.search(optimizer(Bounds.CLAMPED, filled(30, 100), 0, 255), 200);
    Path projected = quadratic.search(optimizer(Bounds.PROJECTED, filled(30, 100), 0, 255), 200);
    assertWithin(clamped, 0, 255);
    assertThat(projected.best()).isLessThan(clamped.best());
  }

  @ParameterizedTest
  @EnumSource(names = {"CLAMPED", "PROJECTED"})
  void bringsTheStartIntoTheRange(Bounds bounds) {
    LbfgsOptimizer optimizer = optimizer(bounds, new float[] {-3, 0.25f, 7}, 0, 1);
    assertThat(optimizer.point()).containsExactly(0, 0.25f, 1);
  }

  @ParameterizedTest
  @EnumSource
  void goesTheSameWayTwice(Bounds bounds) {
    Path once = ROSENBROCK.search(optimizer(bounds, filled(12, 0.3f), -1, 0.9f), 60);
    Path again = ROSENBROCK.search(optimizer(bounds, filled(12, 0.3f), -1, 0.9f), 60);
    assertThat(again.losses()).isEqualTo(once.losses());
    assertThat(again.end()).containsExactly(once.end());
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "1e9"})
  void goesBackToTheBestPointFromABadLoss(double bad) {
    LbfgsOptimizer optimizer = optimizer(Bounds.NONE, new float[] {2, 2}, 0, 0);
    float[] gradient = {1, 1};
    assertThat(optimizer.tell(10, gradient)).isEqualTo(Move.MOVED);
    float[] probe = optimizer.point().clone();
    assertThat(optimizer.tell(bad, gradient)).isEqualTo(Move.RESET);
    // From (2, 2) again, and a quarter as far.
    assertThat(2 - optimizer.point()[0]).isCloseTo((2 - probe[0]) / 4, within(1e-6f));
  }

  @Test
  void goesBackFromAGradientThatIsNotFinite() {
    LbfgsOptimizer optimizer = optimizer(Bounds.PROJECTED, new float[] {2, 2}, 0, 9);
    optimizer.tell(10, new float[] {1, 1});
    assertThat(optimizer.tell(9, new float[] {1, Float.NaN})).isEqualTo(Move.RESET);
  }

  @Test
  void toleratesASmallClimb() {
    LbfgsOptimizer optimizer = optimizer(Bounds.NONE, new float[] {2, 2}, 0, 0);
    optimizer.tell(10, new float[] {1, 1});
    assertThat(optimizer.tell(30, new float[] {2, 2})).isEqualTo(Move.MOVED);
  }

  @Test
  void givesUpAtTheBestPoint() {
    LbfgsOptimizer optimizer = optimizer(Bounds.NONE, new float[] {2, 3}, 0, 0);
    PlainObjective cliff =
        (x, gradient) -> {
          Arrays.fill(gradient, 1);
          return x[0] == 2 && x[1] == 3 ? 5 : Double.NaN;
        };
    Path path = cliff.search(optimizer, 100);
    assertThat(path.moves()).hasSize(10).endsWith(Move.RESET, Move.GAVE_UP);
    assertThat(optimizer.point()).containsExactly(2, 3);
  }

  @Test
  void hasNowhereToGoBackToAtFirst() {
    LbfgsOptimizer optimizer = optimizer(Bounds.NONE, new float[] {2, 3}, 0, 0);
    assertThat(optimizer.tell(Double.NaN, new float[] {1, 1})).isEqualTo(Move.GAVE_UP);
    assertThat(optimizer.point()).containsExactly(2, 3);
  }

  /** A rate of 3 overshoots on every quadratic; without resets the loss would grow for ever. */
  @Test
  void survivesALearningRateThatIsTooLarge() {
    Quadratic quadratic = Quadratic.free(20, 100);
    LbfgsSettings wild = settings(Bounds.NONE).withLearningRate(3);
    Path path = quadratic.search(new LbfgsOptimizer(wild, new float[20], 0, 0), 300);
    assertThat(path.moves()).contains(Move.RESET);
    assertThat(path.best()).isLessThan(path.losses().get(0) / 100);
  }

  @ParameterizedTest
  @EnumSource
  void staysWhereTheGradientIsZero(Bounds bounds) {
    LbfgsOptimizer optimizer = optimizer(bounds, new float[] {1, 2}, 0, 3);
    assertThat(optimizer.tell(7, new float[2])).isEqualTo(Move.CONVERGED);
    assertThat(optimizer.point()).containsExactly(1, 2);
  }

  @Test
  void convergesWhereEveryValueIsPressedAgainstItsBound() {
    LbfgsOptimizer optimizer = optimizer(Bounds.PROJECTED, new float[] {0, 3}, 0, 3);
    assertThat(optimizer.tell(7, new float[] {5, -5})).isEqualTo(Move.CONVERGED);
  }

  @Test
  void saysWhatItsVectorsCost() {
    assertThat(LbfgsOptimizer.bytes(settings(Bounds.NONE), 589_824))
        .isEqualTo((200L + 8) * 4 * 589_824);
  }

  private static LbfgsOptimizer optimizer(Bounds bounds, float[] start, float lower, float upper) {
    return new LbfgsOptimizer(settings(bounds), start, lower, upper);
  }

  static LbfgsSettings settings(Bounds bounds) {
    return new LbfgsSettings(1, 100, 1, 20, 1e-7, 1e-9, 1e3, bounds);
  }

  private static float[] filled(int values, float value) {
    float[] filled = new float[values];
    Arrays.fill(filled, value);
    return filled;
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    assertThat(actual).containsExactly(expected, Offset.offset(tolerance));
  }

  private static void assertWithin(Path path, float lower, float upper) {
    List<float[]> points = path.points();
    assertThat(points)
        .allSatisfy(
            point -> {
              for (float value : point) {
                assertThat(value).isBetween(lower, upper);
              }
            });
  }
}
