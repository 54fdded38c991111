package io.stylegraph.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class SquaredVariationLossTest {
  @ParameterizedTest
  @CsvSource({"5, 7", "1, 4", "3, 1", "1, 1", "2, 2"})
  void value_and_gradient_are_those_of_plain_doubles(int height, int width) {
    double[] picture = new SplittableRandom(3).doubles((long) height * width * 3, 0, 255).toArray();
    LossRun run = run(height, width, picture);
    double[] gradient = new double[picture.length];
    double value = plain(height, width, picture, gradient);
    assertThat(run.value()).hasSize(1);
    assertThat(run.value()[0]).isCloseTo(value, within(1e-5 * value));
    for (int i = 0; i < gradient.length; i++) {
      assertThat(run.gradient()[i]).isCloseTo(gradient[i], within(1e-3));
    }
  }

  @Test
  void a_slope_is_its_square_whatever_its_size() {
    // Far from the edges: (1/3 + 2/12) * 2 of a slope of 1 along one axis is 1.
    int side = 200;
    double[] slope = new double[side * side * 3];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = i / 3 % side;
    }
    assertThat(run(side, side, slope).value()[0]).isCloseTo(1, within(0.02));
  }

  private static LossRun run(int height, int width, double[] picture) {
    return LossRun.of(
        Shape.of(1, -1, -1, 3), Shape.of(1, height, width, 3), picture, SquaredVariationLoss::of);
  }

  /** The value; adds to the gradient. */
  private static double plain(int height, int width, double[] picture, double[] gradient) {
    double value = 0;
    double pixels = height * width * 3;
    double corners = (height + 1) * (width + 1) * 3;
    int[][] steps = {{0, 0, 0, 1}, {0, 0, 1, 0}, {0, 0, 1, 1}, {0, 1, 1, 0}};
    for (int step = 0; step < 4; step++) {
      boolean diagonal = step >= 2;
      double weight = diagonal ? 2 / (12 * corners) : 2 / (3 * pixels);
      int[] d = steps[step];
      for (int y = diagonal ? -1 : 0; y < height; y++) {
        for (int x = diagonal ? -1 : 0; x < width; x++) {
          for (int c = 0; c < 3; c++) {
            int one = at(height, width, y + d[0], x + d[1]) + c;
            int other = at(height, width, y + d[2], x + d[3]) + c;
            double difference = picture[other] - picture[one];
            value += weight * difference * difference;
            gradient[other] += 2 * weight * difference;
            gradient[one] -= 2 * weight * difference;
          }
        }
      }
    }
    return value;
  }

  /** The place of the nearest pixel. */
  private static int at(int height, int width, int y, int x) {
    return 3 * (Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1));
  }
}
