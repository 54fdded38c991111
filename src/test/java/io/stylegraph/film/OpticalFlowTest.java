package io.stylegraph.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Flow, warp, mask and flicker, on pictures whose motion is known. */
class OpticalFlowTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 72;

  /** Smooth, so that the flow has something to hold on to and fractions of pixels are defined. */
  private static final Picture WIDE =
      PictureResizer.resize(TinyModel.picture(24, 18, 5), WIDTH + 32, HEIGHT + 32);

  @Test
  void a_warp_by_whole_pixels_is_a_shift_and_repeats_the_edge() {
    Picture picture = window(0, 0);
    Picture moved = Warp.of(picture, Flow.uniform(WIDTH, HEIGHT, 3, -2));
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertThat(red(moved, x, y))
            .isEqualTo(red(picture, Math.min(WIDTH - 1, x + 3), Math.max(0, y - 2)));
      }
    }
  }

  @Test
  void a_warp_by_half_a_pixel_is_between_its_neighbours() {
    Picture picture = window(0, 0);
    Picture moved = Warp.of(picture, Flow.uniform(WIDTH, HEIGHT, 0.5f, 0));
    for (int x = 2; x < WIDTH - 3; x++) {
      // Keys's cubic with a = -0.75, as OpenCV has it.
      float cubic =
          0.59375f * (red(picture, x, 9) + red(picture, x + 1, 9))
              - 0.09375f * (red(picture, x - 1, 9) + red(picture, x + 2, 9));
      assertThat(red(moved, x, 9)).isCloseTo(cubic, within(0.01f));
    }
  }

  @Test
  void the_flow_of_a_shift_is_the_shift() {
    // What was at (5, 3) of the first is at (0, 0) of the second.
    Flow flow = OpticalFlow.between(window(5, 3), window(0, 0));
    int centre = HEIGHT / 2 * WIDTH + WIDTH / 2;
    assertThat(flow.right(centre)).isCloseTo(5, within(0.1f));
    assertThat(flow.down(centre)).isCloseTo(3, within(0.1f));
  }

  @Test
  void flicker_of_a_shift_is_none_and_of_a_change_is_the_change() {
    Picture before = window(0, 0);
    Picture frame = window(5, 3);
    Flow flow = OpticalFlow.between(frame, before);
    float[] mask = mask(flow, OpticalFlow.between(before, frame));
    assertThat(Flicker.of(before, frame, flow, mask)).isLessThan(1);
    assertThat(Flicker.of(before, frame, Flow.uniform(WIDTH, HEIGHT, 0, 0), ones()))
        .isGreaterThan(5);
    float[] brighter = before.rgb();
    for (int i = 0; i < brighter.length; i++) {
      brighter[i] += 7;
    }
    Picture changed = Picture.of(WIDTH, HEIGHT, brighter);
    assertThat(Flicker.of(before, changed, Flow.uniform(WIDTH, HEIGHT, 0, 0), ones()))
        .isCloseTo(7, within(1e-4));
    assertThat(Flicker.of(before, changed, flow, new float[WIDTH * HEIGHT])).isZero();
  }

  @Test
  void what_comes_in_from_outside_is_not_known() {
    float[] mask = mask(Flow.uniform(WIDTH, HEIGHT, 4, 0), Flow.uniform(WIDTH, HEIGHT, -4, 0));
    for (int i = 0; i < mask.length; i++) {
      assertThat(mask[i]).isEqualTo(i % WIDTH + 4 <= WIDTH - 1 ? 1f : 0f);
    }
  }

  @Test
  void what_the_flows_disagree_about_was_hidden() {
    // |f + b|² = 2 here, against 0.01 (4 + 4 + ...) + 0.5.
    float[] mask = mask(Flow.uniform(WIDTH, HEIGHT, 2, 0), Flow.uniform(WIDTH, HEIGHT, -1, 1));
    assertThat(mask).containsOnly(0f);
    float[] near = mask(Flow.uniform(WIDTH, HEIGHT, 0, 0), Flow.uniform(WIDTH, HEIGHT, 0.5f, 0.4f));
    assertThat(near).containsOnly(1f);
  }

  @Test
  void the_edge_of_what_moves_is_not_trusted() {
    float[] right = new float[WIDTH * HEIGHT];
    for (int i = 0; i < right.length; i++) {
      right[i] = i % WIDTH < 40 ? 0 : -2;
    }
    Flow step = new Flow(WIDTH, HEIGHT, right, new float[WIDTH * HEIGHT]);
    float[] other = new float[WIDTH * HEIGHT];
    for (int i = 0; i < other.length; i++) {
      other[i] = -right[i];
    }
    float[] mask = mask(step, new Flow(WIDTH, HEIGHT, other, new float[WIDTH * HEIGHT]));
    assertThat(mask[10 * WIDTH + 39]).isZero();
    assertThat(mask[10 * WIDTH + 20]).isEqualTo(1);
    assertThat(mask[10 * WIDTH + 60]).isEqualTo(1);
  }

  private static float[] mask(Flow backward, Flow forward) {
    FlowMask mask = new FlowMask(backward, forward);
    float[] known = new float[WIDTH * HEIGHT];
    for (int i = 0; i < known.length; i++) {
      known[i] = mask.isKnown(i) ? 1 : 0;
    }
    return known;
  }

  private static Picture window(int x, int y) {
    return Picture.from(WIDE.toBufferedImage().getSubimage(x, y, WIDTH, HEIGHT));
  }

  private static float[] ones() {
    float[] ones = new float[WIDTH * HEIGHT];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static float red(Picture picture, int x, int y) {
    return picture.rgb()[3 * (y * picture.width() + x)];
  }
}
