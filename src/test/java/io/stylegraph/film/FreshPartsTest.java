package io.stylegraph.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a frame begins with where the one before tells nothing. */
class FreshPartsTest {
  private static final int SIDE = 64;
  private static final Picture BEFORE = smooth(1);
  private static final Picture FRAME = smooth(2);

  @Test
  void colours_are_those_painted_beside_it() {
    // Painting made all redder by 20; a thing that is gone was made bluer by 50.
    float[] painted = shifted(BEFORE, 0, 20);
    float[] thing = shifted(picture(painted), 2, 50);
    float[] known = new float[SIDE * SIDE];
    Arrays.fill(known, 1);
    for (int i = 0; i < known.length; i++) {
      if (i % SIDE < 3) {
        known[i] = 0;
        System.arraycopy(thing, 3 * i, painted, 3 * i, 3);
      }
    }
    float[] fresh =
        FreshParts.of(BEFORE, picture(painted), FRAME, picture(shifted(FRAME, 0, 20)), known);
    float[] expected = shifted(FRAME, 0, 20);
    for (int y = 0; y < SIDE; y++) {
      int i = 3 * (y * SIDE + 1);
      assertThat(fresh[i]).isCloseTo(expected[i], within(1f));
      assertThat(fresh[i + 2] - expected[i + 2]).isLessThan(25);
    }
  }

  @Test
  void strokes_are_those_painted_at_the_place() {
    float[] painted = BEFORE.rgb();
    painted[3 * (20 * SIDE + 20)] += 40;
    float[] fresh = FreshParts.of(BEFORE, picture(painted), FRAME, FRAME, new float[SIDE * SIDE]);
    float[] filmed = FRAME.rgb();
    int stroke = 3 * (20 * SIDE + 20);
    assertThat(fresh[stroke] - filmed[stroke]).isCloseTo(40, within(1f));
    assertThat(fresh[0]).isCloseTo(filmed[0], within(0.01f));
  }

  private static float[] shifted(Picture picture, int channel, float by) {
    float[] rgb = picture.rgb();
    for (int i = channel; i < rgb.length; i += 3) {
      rgb[i] += by;
    }
    return rgb;
  }

  private static Picture picture(float[] rgb) {
    return Picture.of(SIDE, SIDE, rgb);
  }

  /** Between 60 and 190, so that nothing is cut off. */
  private static Picture smooth(long seed) {
    float[] rgb = PictureResizer.resize(TinyModel.picture(8, 8, seed), SIDE, SIDE).rgb();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = 60 + rgb[i] / 2;
    }
    return picture(rgb);
  }
}
