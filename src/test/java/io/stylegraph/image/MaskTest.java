package io.stylegraph.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Masks of pictures and on other grids. */
class MaskTest {
  @Test
  void white_counts_and_black_does_not() {
    Picture picture = Picture.of(3, 1, new float[] {255, 255, 255, 0, 0, 0, 300, 51, 51});
    assertThat(Mask.of(picture).means(3, 1)).containsExactly(1, 0, 402 / 765f);
    assertThat(Mask.of(picture).share()).isCloseTo((1 + 402 / 765.0) / 3, within(1e-6));
  }

  @Test
  void a_cell_has_the_mean_of_what_it_covers() {
    Mask mask = mask(6, 4, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1);
    assertThat(mask.means(3, 2)).containsExactly(0, 1, 0.5f, 1, 0, 0.25f);
  }

  @Test
  void cells_may_cover_parts_of_pixels() {
    Mask mask = mask(3, 1, 1, 0, 1);
    // Halves of 1.5 pixels: 1 + 0 / 2 and 0 / 2 + 1.
    assertThat(mask.means(2, 1)).containsExactly(2 / 3f, 2 / 3f);
    // Sixths of half a pixel.
    assertThat(mask.means(6, 2)).containsExactly(1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1);
    for (int columns = 1; columns < 9; columns++) {
      double sum = 0;
      for (float mean : mask.means(columns, 1)) {
        sum += mean;
      }
      assertThat(sum / columns).as("%d columns", columns).isCloseTo(2 / 3.0, within(1e-6));
    }
  }

  private static Mask mask(int width, int height, float... values) {
    float[] rgb = new float[values.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = 255 * values[i / 3];
    }
    return Mask.of(Picture.of(width, height, rgb));
  }
}
