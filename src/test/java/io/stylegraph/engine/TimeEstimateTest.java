package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeEstimateTest {
  @Test
  void large_pictures_are_tried_small() {
    assertThat(TimeEstimate.sizes(16, 768, 1024)).containsExactly(0.1875, 0.375);
    assertThat(TimeEstimate.sizes(16, 192, 256)).containsExactly(0.75, 1.0);
  }

  @Test
  void a_small_style_beside_a_large_content_keeps_its_smallest_size_and_the_content_is_small_too() {
    assertThat(TimeEstimate.sizes(15, 640, 8192)).containsExactly(0.025, 384 / 8192.0);
    assertThat(TimeEstimate.sizes(15, 160, 8192)).containsExactly(0.1);
  }

  @Test
  void nothing_is_tried_larger_than_it_is() {
    assertThat(TimeEstimate.sizes(15, 16, 100)).containsExactly(1.0);
  }
}
