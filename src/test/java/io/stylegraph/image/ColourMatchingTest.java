package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.image.ColourMatching.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The colours' mean and covariance, computed anew, and the maps' own properties. */
class ColourMatchingTest {
  /** Around mid-grey with deviations that stay far from the ends, where clamping changes them. */
  private final Picture picture = colours(1, new double[][] {{22, 0, 0}, {9, 18, 0}, {-7, 5, 20}});

  private final Picture palette = colours(2, new double[][] {{20, 0, 0}, {-9, 12, 0}, {6, 5, 4}});

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HISTOGRAM")
  void the_result_has_the_mean_and_the_covariance_of_the_palette(Method method) {
    Picture result = ColourMatching.apply(picture, palette, method);
    assertThat(result.size()).isEqualTo(picture.size());
    double[][] found = moments(result);
    double[][] expected = moments(palette);
    for (int row = 0; row < 4; row++) {
      assertThat(found[row]).containsExactly(expected[row], within(1e-3));
    }
    assertThat(found[1][0]).isCloseTo(400, within(40.0));
  }

  @ParameterizedTest
  @EnumSource
  void a_picture_in_its_own_colours_stays_as_it_is(Method method) {
    float[] result = ColourMatching.apply(picture, picture, method).rgb();
    assertThat(result).containsExactly(picture.rgb(), within(1e-3f));
  }

  @ParameterizedTest
  @EnumSource
  void one_colour_becomes_the_mean_of_the_palette(Method method) {
    float[] grey = new float[4 * 4 * 3];
    Arrays.fill(grey, 40);
    float[] result = ColourMatching.apply(Picture.of(4, 4, grey), palette, method).rgb();
    double[] mean = moments(palette)[0];
    for (int i = 0; i < result.length; i++) {
      assertThat(result[i]).isCloseTo((float) mean[i % 3], within(1e-3f));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_palette_of_one_colour_gives_that_colour(Method method) {
    float[] flat = {10, 200, 30, 10, 200, 30};
    float[] result = ColourMatching.apply(picture, Picture.of(2, 1, flat), method).rgb();
    for (int i = 0; i < result.length; i++) {
      assertThat(result[i]).isCloseTo(flat[i % 3], within(1e-3f));
    }
  }

  /** Pairs of pixels of one grey, but for noise of half a level, which must not become colours. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HISTOGRAM")
  void the_noise_of_a_grey_picture_is_not_blown_up(Method method) {
    SplittableRandom random = new SplittableRandom(4);
    float[] rgb = new float[40 * 30 * 3];
    double grey = 0;
    for (int i = 0; i < rgb.length; i++) {
      grey = i % 6 == 0 ? random.nextDouble(40, 200) : grey;
      rgb[i] = (float) (grey + random.nextDouble(-0.5, 0.5));
    }
    float[] result = ColourMatching.apply(Picture.of(40, 30, rgb), palette, method).rgb();
    for (int i = 0; i < rgb.length; i++) {
      if (i % 6 < 3) {
        assertThat(result[i]).isCloseTo(result[i + 3], within(16f)); // Without the floor, over 20.
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_would_leave_the_range_is_clamped(Method method) {
    Picture wide = colours(3, new double[][] {{120, 0, 0}, {0, 120, 0}, {0, 0, 120}});
    for (float value : ColourMatching.apply(picture, wide, method).rgb()) {
      assertThat(value).isBetween(0f, 255f);
    }
  }

  /** Two axes by hand: A for diagonal covariances is the ratio of deviations in every method. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HISTOGRAM")
  void of_diagonal_covariances_the_deviations_are_scaled(Method method) {
    Picture from = Picture.of(6, 1, axes(10, 20, 30, 100));
    Picture to = Picture.of(6, 1, axes(30, 10, 45, 120));
    float[] result = ColourMatching.apply(from, to, method).rgb();
    assertThat(result).containsExactly(axes(30, 10, 45, 120), within(1e-3f));
  }

  @Test
  void the_symmetric_map_moves_colours_least() {
    double symmetric = distance(Method.SYMMETRIC);
    assertThat(symmetric).isLessThan(distance(Method.CHOLESKY)).isLessThan(distance(Method.PCA));
    // The least possible: |μ₁-μ₂|² + tr(C₁ + C₂ - 2 (C₁^½ C₂ C₁^½)^½), of commuting C's below.
    Picture from = Picture.of(6, 1, axes(10, 20, 30, 100));
    Picture to = Picture.of(6, 1, axes(30, 10, 45, 120));
    double least = 3 * 20 * 20 + (20 * 20 + 10 * 10 + 15 * 15) / 3.0;
    assertThat(distance(from, ColourMatching.apply(from, to, Method.SYMMETRIC)))
        .isCloseTo(least, within(1e-2));
  }

  @Test
  void a_histogram_of_as_many_values_is_the_palettes() {
    Picture result = ColourMatching.apply(picture, palette, Method.HISTOGRAM);
    for (int c = 0; c < 3; c++) {
      assertThat(channel(result, c)).containsExactly(channel(palette, c), within(1e-3f));
      assertThat(order(result, c)).isEqualTo(order(picture, c));
    }
  }

  @Test
  void a_histogram_of_other_sizes_is_averaged_and_equals_stay_equal() {
    Picture four = Picture.of(4, 1, triples(1, 5, 3, 7));
    Picture two = Picture.of(2, 1, triples(100, 40));
    assertThat(ColourMatching.apply(four, two, Method.HISTOGRAM).rgb())
        .containsExactly(triples(40, 100, 40, 100), within(1e-4f));
    Picture three = Picture.of(3, 1, triples(9, 2, 9));
    assertThat(ColourMatching.apply(three, two, Method.HISTOGRAM).rgb())
        .containsExactly(triples(85, 40, 85), within(1e-4f));
    assertThat(ColourMatching.apply(two, four, Method.HISTOGRAM).rgb())
        .containsExactly(triples(6, 2), within(1e-4f));
  }

  private double distance(Method method) {
    return distance(picture, ColourMatching.apply(picture, palette, method));
  }

  /** The mean over the pixels of the squared distance. */
  private static double distance(Picture one, Picture other) {
    double sum = 0;
    for (int i = 0; i < one.rgb().length; i++) {
      sum += Math.pow(one.rgb()[i] - (double) other.rgb()[i], 2);
    }
    return sum / (one.rgb().length / 3.0);
  }

  private static float[] triples(float... values) {
    float[] rgb = new float[values.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = values[i / 3];
    }
    return rgb;
  }

  /** Six pixels, two along each axis of RGB to both sides of a grey. */
  private static float[] axes(float red, float green, float blue, float grey) {
    float[] rgb = triples(grey, grey, grey, grey, grey, grey);
    float[] along = {red, green, blue};
    for (int c = 0; c < 3; c++) {
      rgb[c * 6 + c] += along[c];
      rgb[c * 6 + 3 + c] -= along[c];
    }
    return rgb;
  }

  private static float[] channel(Picture of, int channel) {
    float[] rgb = of.rgb();
    float[] values = new float[rgb.length / 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[i * 3 + channel];
    }
    Arrays.sort(values);
    return values;
  }

  /** Pixels by their value in a channel. */
  private static int[] order(Picture of, int channel) {
    float[] rgb = of.rgb();
    return IntStream.range(0, rgb.length / 3)
        .boxed()
        .sorted(Comparator.comparing(i -> rgb[i * 3 + channel]))
        .mapToInt(i -> i)
        .toArray();
  }

  private static Picture colours(long seed, double[][] factor) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[40 * 30 * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      double[] normal = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      for (int c = 0; c < 3; c++) {
        double value = 120;
        for (int k = 0; k < 3; k++) {
          value += factor[c][k] * normal[k];
        }
        rgb[i + c] = (float) value;
      }
    }
    return Picture.of(40, 30, rgb);
  }

  /** The mean, then the rows of the covariance. */
  private static double[][] moments(Picture of) {
    float[] rgb = of.rgb();
    double[][] moments = new double[4][3];
    double pixels = rgb.length / 3.0;
    for (int i = 0; i < rgb.length; i++) {
      moments[0][i % 3] += rgb[i] / pixels;
    }
    for (int i = 0; i < rgb.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        for (int k = 0; k < 3; k++) {
          moments[1 + c][k] += (rgb[i + c] - moments[0][c]) * (rgb[i + k] - moments[0][k]) / pixels;
        }
      }
    }
    return moments;
  }
}
