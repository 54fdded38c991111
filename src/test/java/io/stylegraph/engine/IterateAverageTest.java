package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IterateAverageTest {
  private static final Offset<Float> NEAR = Offset.offset(1e-4f);

  /** Weights 0.25, 0.5 and 1 of three points, and their sum: of decay a half. */
  @Test
  void recent_points_weigh_more_and_weights_sum_to_one() {
    IterateAverage average = new IterateAverage(0.5, 2);
    average.add(new float[] {7, 70});
    assertThat(average.value()).containsExactly(new float[] {7, 70}, NEAR);
    average.add(new float[] {14, 0});
    average.add(new float[] {3.5f, 7});
    assertThat(average.value()).containsExactly(new float[] {7, 14}, NEAR);
  }

  @Test
  void of_equal_points_it_is_the_point_however_many() {
    IterateAverage average = new IterateAverage(0.99, 1);
    for (int i = 0; i < 3000; i++) {
      average.add(new float[] {200});
      assertThat(average.value()[0]).isCloseTo(200, Offset.offset(1e-3f));
    }
  }

  @Test
  void it_begins_anew_when_cleared() {
    IterateAverage average = new IterateAverage(0.9, 1);
    assertThat(average.isEmpty()).isTrue();
    average.add(new float[] {Float.NaN});
    average.clear();
    assertThat(average.isEmpty()).isTrue();
    average.add(new float[] {3});
    assertThat(average.value()).containsExactly(new float[] {3}, NEAR);
  }
}
