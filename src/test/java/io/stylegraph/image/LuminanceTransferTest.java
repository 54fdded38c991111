package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Luminance and hue measured anew, by the JDK's linear RGB. */
class LuminanceTransferTest {
  private static final ColorSpace LINEAR = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);

  @Test
  void luminance_is_the_first_pictures() {
    Picture one = noise(1);
    float[] joined = LuminanceTransfer.apply(one, noise(2)).rgb();
    for (int i = 0; i < joined.length; i += 3) {
      assertThat(luminance(joined, i)).isCloseTo(luminance(one.rgb(), i), within(1e-3));
    }
  }

  /** The hue is the direction of the linear colour's deviation from its grey. */
  @Test
  void hue_is_the_second_pictures_also_where_saturation_had_to_give() {
    Picture other = noise(2);
    float[] joined = LuminanceTransfer.apply(noise(1), other).rgb();
    int compared = 0;
    for (int i = 0; i < joined.length; i += 3) {
      double[] expected = deviation(other.rgb(), i);
      double[] found = deviation(joined, i);
      if (norm(expected) > 0.05 && norm(found) > 0.05) {
        compared++;
        for (int c = 0; c < 3; c++) {
          assertThat(found[c] / norm(found)).isCloseTo(expected[c] / norm(expected), within(0.01));
        }
      }
    }
    assertThat(compared).isGreaterThan(300);
  }

  /**
   * By hand: sRGB 128, 64, 64 is 0.215861, 0.051269, 0.051269 in linear light with Y = 0.086262;
   * the grey of 100 has Y = 0.127438. Scaled by 0.127438 / 0.087262 the deviations are 0.189267 and
   * -0.051103, which gives 0.316705, 0.076335, 0.076335.
   */
  @Test
  void a_colour_by_hand() {
    Picture grey = Picture.of(1, 1, new float[] {100, 100, 100});
    Picture colour = Picture.of(1, 1, new float[] {128, 64, 64});
    assertThat(LuminanceTransfer.apply(grey, colour).rgb())
        .containsExactly(new float[] {152.597f, 78.075f, 78.075f}, within(0.02f));
  }

  @Test
  void a_picture_with_its_own_colours_stays_as_it_is_but_for_the_epsilon() {
    Picture one = noise(1);
    float[] joined = LuminanceTransfer.apply(one, one).rgb();
    for (int i = 0; i < joined.length; i += 3) {
      double grey = luminance(one.rgb(), i);
      for (int c = 0; c < 3; c++) {
        double expected = deviation(one.rgb(), i)[c] * grey / (grey + 0.001);
        assertThat(deviation(joined, i)[c]).isCloseTo(expected, within(5e-4));
      }
    }
  }

  @Test
  void extremes_stay_grey_and_finite() {
    Picture black = Picture.of(1, 1, new float[] {0, 0, 0});
    Picture white = Picture.of(1, 1, new float[] {300, 255, 255});
    Picture grey = Picture.of(1, 1, new float[] {90, 90, 90});
    Picture red = Picture.of(1, 1, new float[] {255, 0, -3});
    assertThat(LuminanceTransfer.apply(black, red).rgb()).containsOnly(0);
    assertThat(LuminanceTransfer.apply(white, red).rgb()).containsOnly(255);
    assertThat(LuminanceTransfer.apply(grey, black).rgb())
        .containsExactly(new float[] {90, 90, 90}, within(1e-3f));
    assertThat(LuminanceTransfer.apply(black, black).rgb()).containsOnly(0);
  }

  @Test
  void colours_of_another_size_are_resized() {
    Picture small = PictureResizer.resize(noise(2), 5, 4);
    assertThat(LuminanceTransfer.apply(noise(1), small).size()).isEqualTo(noise(1).size());
  }

  private static Picture noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[40 * 30 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) random.nextDouble(0, 255);
    }
    return Picture.of(40, 30, rgb);
  }

  private static double luminance(float[] rgb, int i) {
    float[] linear = linear(rgb, i);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  private static double[] deviation(float[] rgb, int i) {
    float[] linear = linear(rgb, i);
    double grey = luminance(rgb, i);
    return new double[] {linear[0] - grey, linear[1] - grey, linear[2] - grey};
  }

  private static double norm(double[] vector) {
    return Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
  }

  private static float[] linear(float[] rgb, int i) {
    return new Color(rgb[i] / 255, rgb[i + 1] / 255, rgb[i + 2] / 255)
        .getColorComponents(LINEAR, null);
  }
}
