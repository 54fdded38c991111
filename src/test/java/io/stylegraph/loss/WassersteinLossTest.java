package io.stylegraph.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class WassersteinLossTest {
  /** Positions of the picture and of the target, channels, the spread of their sizes. */
  @ParameterizedTest
  @CsvSource({"40, 30, 5, 1", "3, 30, 6, 1", "30, 2, 6, 1", "4, 3, 6, 0.3", "50, 60, 4, 0.1"})
  void value_and_gradient_are_those_of_the_definition(
      int positions, int targetPositions, int channels, double grade) {
    double[][] features = features(positions, channels, grade, 1);
    double[][] target = features(targetPositions, channels, grade, 2);
    check(run(features, target), features, target, PlainWasserstein.even(positions));
  }

  @Test
  void channels_that_are_zero_in_one_picture_or_both_do_no_harm() {
    double[][] features = features(20, 6, 1, 1);
    double[][] target = features(25, 6, 1, 2);
    for (double[] row : features) {
      row[0] = 0;
      row[1] = 0;
    }
    for (double[] row : target) {
      row[0] = 0;
      row[2] = 0;
    }
    check(run(features, target), features, target, PlainWasserstein.even(20));
  }

  @Test
  void a_guide_weighs_the_positions() {
    double[][] features = features(20, 5, 1, 1);
    double[][] target = features(25, 5, 1, 2);
    double[] guide = new SplittableRandom(4).doubles(20, 0, 1).toArray();
    guide[3] = 0;
    double sum = Arrays.stream(guide).sum();
    double[] weights = Arrays.stream(guide).map(it -> it / sum).toArray();
    LossRun run =
        run(features, (tf, x) -> loss(tf, Moments.of(tf, x, vector(tf, weights)), target));
    check(run, features, target, weights);
  }

  @Test
  void equal_features_have_no_loss_and_no_gradient() {
    double[][] features = features(30, 6, 0.3, 1);
    double power = PlainWasserstein.power(features, PlainWasserstein.even(30));
    LossRun run = run(features, features);
    assertThat(run.value()[0]).isBetween(0.0, 1e-9 * power);
    assertThat(norm(run.gradient())).isLessThan(1e-4 * Math.sqrt(power));
  }

  @Test
  void features_without_anything_lack_the_whole_energy() {
    double[][] zero = new double[9][4];
    double[][] target = features(25, 4, 1, 2);
    double value = run(zero, target).value()[0];
    double energy =
        run(
                zero,
                (tf, x) -> {
                  Moments moments = Moments.of(tf, features(tf, target));
                  Operand<TFloat32> root =
                      WassersteinLoss.root(tf, moments.mean(), moments.second());
                  return tf.math.add(
                      WassersteinLoss.energy(tf, moments.mean(), root),
                      tf.math.mul(Sums.of(tf, x), tf.constant(0f)));
                })
            .value()[0];
    assertThat(value / energy).isBetween(0.9, 1.0);
  }

  @Test
  void two_pictures_of_nothing_are_equal() {
    LossRun run = run(new double[9][4], new double[7][4]);
    assertThat(run.value()[0]).isCloseTo(0, within(1e-9));
    assertThat(run.gradient()).containsOnly(0.0);
  }

  @Test
  void many_positions_of_a_flat_picture_vary_by_nothing() {
    double[][] flat = new double[100_000][];
    Arrays.fill(flat, new double[] {0.1, 13.7, 250.3, 77.7});
    double[][] target = features(25, 4, 1, 2);
    double expected =
        PlainWasserstein.of(
            flat, PlainWasserstein.even(flat.length), target, PlainWasserstein.even(target.length));
    assertThat(run(flat, target).value()[0]).isCloseTo(expected, within(1e-4 * expected));
  }

  @Test
  void what_is_not_finite_gives_no_number_and_no_exception() {
    double[][] features = features(9, 4, 1, 1);
    features[2][1] = Double.POSITIVE_INFINITY;
    assertThat(run(features, features(9, 4, 1, 2)).value()[0]).isNaN();
  }

  private static void check(LossRun run, double[][] features, double[][] target, double[] guide) {
    double[] targetGuide = PlainWasserstein.even(target.length);
    double expected = PlainWasserstein.of(features, guide, target, targetGuide);
    assertThat(run.value()[0]).isCloseTo(expected, within(1e-4 * expected));
    int channels = features[0].length;
    double[] gradient = new double[features.length * channels];
    double step = 1e-5;
    for (int i = 0; i < gradient.length; i++) {
      double[] row = features[i / channels];
      double value = row[i % channels];
      row[i % channels] = value + step;
      double above = PlainWasserstein.of(features, guide, target, targetGuide);
      row[i % channels] = value - step;
      double below = PlainWasserstein.of(features, guide, target, targetGuide);
      row[i % channels] = value;
      gradient[i] = (above - below) / (2 * step);
    }
    double[] difference = gradient.clone();
    for (int i = 0; i < gradient.length; i++) {
      difference[i] -= run.gradient()[i];
    }
    assertThat(norm(difference)).isLessThan(1e-3 * norm(gradient));
  }

  private static LossRun run(double[][] features, double[][] target) {
    return run(features, (tf, x) -> loss(tf, Moments.of(tf, x), target));
  }

  private static LossRun run(
      double[][] features, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> loss) {
    int channels = features[0].length;
    return LossRun.of(
        Shape.of(1, -1, -1, channels),
        Shape.of(1, 1, features.length, channels),
        Arrays.stream(features).flatMapToDouble(Arrays::stream).toArray(),
        loss);
  }

  private static Operand<TFloat32> loss(Ops tf, Moments moments, double[][] target) {
    Moments of = Moments.of(tf, features(tf, target));
    return WassersteinLoss.of(
        tf, moments, of.mean(), WassersteinLoss.root(tf, of.mean(), of.second()));
  }

  private static Operand<TFloat32> features(Ops tf, double[][] values) {
    double[] flat = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    return tf.reshape(
        vector(tf, flat), tf.constant(new int[] {1, values.length, 1, values[0].length}));
  }

  private static Operand<TFloat32> vector(Ops tf, double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return tf.constant(floats);
  }

  /** Not negative, as after a ReLU; each channel smaller than the one before. */
  private static double[][] features(int positions, int channels, double grade, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] features = new double[positions][channels];
    for (double[] row : features) {
      double common = random.nextDouble(-1, 1);
      for (int i = 0; i < channels; i++) {
        double value = 0.3 + common + random.nextDouble(-1, 1);
        row[i] = (float) (Math.pow(grade, i) * Math.max(0, value));
      }
    }
    return features;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(it -> it * it).sum());
  }
}
