package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The colours' mean and covariance, computed anew. */
class RecolouringTest {
  /** Around mid-grey with deviations that stay far from the ends, where clamping changes them. */
  private final Picture picture = colours(1, new double[][] {{22, 0, 0}, {9, 18, 0}, {-7, 5, 20}});

  private final Picture palette = colours(2, new double[][] {{20, 0, 0}, {-9, 12, 0}, {6, 5, 4}});

  @Test
  void the_result_has_the_mean_and_nearly_the_covariance_of_the_palette() {
    Picture result = Recolouring.apply(picture, palette);
    assertThat(result.size()).isEqualTo(picture.size());
    double[][] found = moments(result);
    double[][] expected = moments(palette);
    for (int c = 0; c < 3; c++) {
      assertThat(found[0][c]).isCloseTo(expected[0][c], within(0.01));
      for (int k = 0; k < 3; k++) {
        // What is added to each variance, 10 grey levels squared, leaves 3 % to it.
        assertThat(found[1 + c][k]).isCloseTo(expected[1 + c][k], within(15.0));
      }
    }
    assertThat(found[1][0]).isCloseTo(400, within(40.0));
  }

  @Test
  void a_picture_in_its_own_colours_stays_as_it_is() {
    float[] result = Recolouring.apply(picture, picture).rgb();
    assertThat(result).containsExactly(picture.rgb(), within(1e-3f));
  }

  @Test
  void one_colour_becomes_the_mean_of_the_palette() {
    float[] grey = new float[4 * 4 * 3];
    Arrays.fill(grey, 40);
    float[] result = Recolouring.apply(Picture.of(4, 4, grey), palette).rgb();
    double[] mean = moments(palette)[0];
    for (int i = 0; i < result.length; i++) {
      assertThat(result[i]).isCloseTo((float) mean[i % 3], within(1e-3f));
    }
  }

  @Test
  void what_would_leave_the_range_is_clamped() {
    Picture wide = colours(3, new double[][] {{120, 0, 0}, {0, 120, 0}, {0, 0, 120}});
    for (float value : Recolouring.apply(picture, wide).rgb()) {
      assertThat(value).isBetween(0f, 255f);
    }
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
