package io.stylegraph.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.Picture;
import org.junit.jupiter.api.Test;

/** PSNR and SSIM against numbers of scikit-image 0.25, and the differences of arrays. */
class SimilarityTest {
  private static final int WIDTH = 24;
  private static final int HEIGHT = 20;

  /**
   * {@code structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False)}.
   */
  @Test
  void agrees_with_scikit_image() {
    Similarity similarity = Similarity.of(picture(0), picture(1));
    assertThat(similarity.psnr()).isCloseTo(39.64976810713929, within(1e-9));
    assertThat(similarity.ssim()).isCloseTo(0.9957423643584309, within(1e-9));
    assertThat(similarity.maxDifference()).isEqualTo(4);
  }

  @Test
  void equal_pictures() {
    assertThat(Similarity.of(picture(0), picture(0))).isEqualTo(new Similarity(999, 1, 0));
  }

  @Test
  void other_sizes_are_refused() {
    Picture other = Picture.of(11, 12, new float[11 * 12 * 3]);
    assertThatThrownBy(() -> Similarity.of(picture(0), other))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("24x20 and 11x12");
  }

  @Test
  void differences_of_arrays() {
    Difference difference = Difference.of(new float[] {3, 4}, new float[] {3, 4.5f});
    assertThat(difference.max()).isEqualTo(0.5);
    assertThat(difference.rms()).isCloseTo(0.5 / Math.sqrt(2), within(1e-12));
    assertThat(difference.relative()).isCloseTo(0.1, within(1e-12));
    assertThat(difference.cosine()).isCloseTo((9 + 18) / (5 * Math.sqrt(9 + 20.25)), within(1e-12));
    assertThatThrownBy(() -> Difference.of(new float[2], new float[3]))
        .hasMessageContaining("holds 2 values and should hold 3");
  }

  private static Picture picture(int strength) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      int c = i % 3;
      int x = i / 3 % WIDTH;
      int y = i / 3 / WIDTH;
      int base = (x * 7 + y * 11 + c * 50) % 256;
      rgb[i] = Math.max(0, Math.min(255, base + strength * ((x * y + c) % 9 - 4)));
    }
    return Picture.of(WIDTH, HEIGHT, rgb);
  }
}
