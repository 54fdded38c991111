package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.error.InvalidSettingException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureResizerTest {
  @ParameterizedTest
  @CsvSource({
    "100, 50, 40, 40, 20",
    "50, 100, 40, 20, 40",
    "1000, 1, 10, 10, 1",
    "3, 2, 2, 2, 1",
    "100, 75, 100, 100, 75",
    "100, 75, 200, 100, 75",
    "100, 75, 0, 100, 75",
  })
  void fitBoundsTheLongerSideAndNeverEnlarges(
      int width, int height, int longer, int newWidth, int newHeight) {
    Picture fitted = PictureResizer.fit(constant(width, height, 9), longer);
    assertThat(fitted).hasToString("Picture[" + newWidth + "x" + newHeight + "]");
  }

  @Test
  void aPictureThatFitsIsReturnedItself() {
    Picture picture = constant(4, 3, 77);
    assertThat(PictureResizer.fit(picture, 4)).isSameAs(picture);
    assertThat(PictureResizer.fit(picture, 0)).isSameAs(picture);
    assertThat(PictureResizer.resize(picture, 4, 3)).isSameAs(picture);
  }

  @Test
  void refusesImpossibleSizes() {
    Picture picture = constant(2, 2, 0);
    assertThatThrownBy(() -> PictureResizer.fit(picture, -1))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("longerSide (-1) must be positive, or 0 for the own size");
    assertThatThrownBy(() -> PictureResizer.resize(picture, 0, 5))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("width (0) must be positive");
    assertThatThrownBy(() -> PictureResizer.resize(picture, 60000, 60000))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("60000x60000");
  }

  @ParameterizedTest
  @CsvSource({"7, 5", "64, 48", "129, 3", "1, 1"})
  void aConstantStaysConstant(int width, int height) {
    for (float sample : PictureResizer.resize(constant(40, 30, 200), width, height).rgb()) {
      assertThat(sample).isCloseTo(200f, within(1e-3f));
    }
  }

  @Test
  void fineStripesAndCheckersShrinkToTheirMean() {
    Picture stripes = picture(128, 128, (x, y) -> x % 2 * 255);
    Picture checkers = picture(128, 128, (x, y) -> (x + y) % 2 * 255);
    for (Picture fine : new Picture[] {stripes, checkers}) {
      for (int size : new int[] {60, 37, 32, 11}) {
        Picture small = PictureResizer.fit(fine, size);
        int middle = (size / 2 * size + size / 2) * 3;
        assertThat(small.rgb()[middle]).isCloseTo(127.5f, within(4f));
      }
    }
  }

  @Test
  void aRampStaysARamp() {
    Picture ramp = picture(120, 8, (x, y) -> 2 * x);
    float[] small = PictureResizer.resize(ramp, 40, 8).rgb();
    float[] large = PictureResizer.resize(ramp, 360, 8).rgb();
    for (int x = 5; x < 35; x++) { // Away from the edges, where it bends.
      assertThat(small[x * 3]).isCloseTo(2 * (3 * x + 1), within(0.5f));
    }
    for (int x = 15; x < 345; x++) {
      assertThat(large[x * 3]).isCloseTo(2 * ((x + 0.5f) / 3 - 0.5f), within(0.5f));
    }
  }

  @Test
  void neverLeavesTheRange() {
    Picture edges = picture(40, 40, (x, y) -> x / 7 % 2 == y / 5 % 2 ? 255 : 0);
    for (int size : new int[] {13, 39, 100}) {
      float[] resized = PictureResizer.resize(edges, size, size).rgb();
      for (float sample : resized) {
        assertThat(sample).isBetween(0f, 255f);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 4", "13, 9", "40, 31", "17, 31"})
  void agreesWithThePlainDefinition(int width, int height) {
    Random random = new Random(5);
    float[] rgb = new float[17 * 11 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = 100 + 50 * random.nextFloat();
    }
    float[] resized = PictureResizer.resize(Picture.of(17, 11, rgb), width, height).rgb();
    for (int i = 0; i < resized.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      double expected = reference(rgb, x, y, width, height, i % 3);
      assertThat(resized[i]).isCloseTo((float) expected, within(1e-3f));
    }
  }

  /** The two-dimensional sum over the 17 x 11 source, extended by its edges, in double. */
  private static double reference(float[] rgb, int x, int y, int width, int height, int channel) {
    double ratioX = 17.0 / width;
    double ratioY = 11.0 / height;
    double sum = 0;
    double weights = 0;
    for (int v = -60; v < 80; v++) {
      for (int u = -60; u < 80; u++) {
        double weight =
            lanczos((u + 0.5 - (x + 0.5) * ratioX) / Math.max(1, ratioX))
                * lanczos((v + 0.5 - (y + 0.5) * ratioY) / Math.max(1, ratioY));
        int sourceX = Math.min(16, Math.max(0, u));
        int sourceY = Math.min(10, Math.max(0, v));
        sum += weight * rgb[(sourceY * 17 + sourceX) * 3 + channel];
        weights += weight;
      }
    }
    return sum / weights;
  }

  private static double lanczos(double x) {
    double angle = Math.PI * x;
    if (Math.abs(x) < 1e-12) {
      return 1;
    }
    return Math.abs(x) >= 3 ? 0 : 3 * Math.sin(angle) * Math.sin(angle / 3) / (angle * angle);
  }

  private static Picture constant(int width, int height, float value) {
    float[] rgb = new float[width * height * 3];
    Arrays.fill(rgb, value);
    return Picture.of(width, height, rgb);
  }

  private static Picture picture(int width, int height, Shade shade) {
    float[] rgb = new float[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = shade.at(i / 3 % width, i / 3 / width);
    }
    return Picture.of(width, height, rgb);
  }

  private interface Shade {
    float at(int x, int y);
  }
}
