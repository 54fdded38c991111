package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.FeatureGrid;
import io.stylegraph.image.Mask;
import io.stylegraph.image.Picture;
import io.stylegraph.recipe.Recipes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weights of a layer's features in a region. */
class GuideTest {
  /** The left half of 64x32 pixels. */
  private static final Mask LEFT = mask(64, 32, 0, 32);

  @Test
  void a_region_is_shrunk_by_half_of_what_its_features_see_beyond_themselves() {
    // 4 pixels a feature, 10 seen: 3 beyond, which is one feature.
    float[] weights = Guide.of(LEFT, new FeatureGrid(16, 8, 4, 10));
    for (int i = 0; i < weights.length; i++) {
      assertThat(weights[i]).isCloseTo(i % 16 < 7 ? 1 / 56f : 0, within(1e-7f));
    }
  }

  @Test
  void a_feature_that_sees_no_more_than_its_stride_needs_no_margin() {
    float[] weights = Guide.of(LEFT, new FeatureGrid(16, 8, 4, 4));
    assertThat(weights[7]).isCloseTo(1 / 64f, within(1e-7f));
    assertThat(weights[8]).isZero();
  }

  @Test
  void a_small_region_is_shrunk_less_so_that_it_does_not_vanish() {
    // Half of 44 less 4 is 5 features; 8 wide, 3 would be left, which is more than a quarter.
    assertThat(counting(Guide.of(LEFT, new FeatureGrid(16, 8, 4, 44)))).isEqualTo(3 * 8);
    // 10 features would leave none, 5 leave 3.
    assertThat(counting(Guide.of(LEFT, new FeatureGrid(16, 8, 4, 84)))).isEqualTo(3 * 8);
    // One column of features can lose nothing.
    assertThat(counting(Guide.of(mask(64, 32, 20, 24), new FeatureGrid(16, 8, 4, 44))))
        .isEqualTo(8);
  }

  @Test
  void weights_sum_to_one_at_every_layer() {
    Map<String, FeatureGrid> grids =
        Backbone.load(TinyModel.folder()).featureGrids(Recipes.FIRST_CONVOLUTIONS, 64, 33);
    grids.forEach(
        (layer, grid) -> {
          for (float[] weights : new float[][] {Guide.of(LEFT, grid), Guide.uniform(grid)}) {
            double sum = 0;
            for (float weight : weights) {
              sum += weight;
            }
            assertThat(sum).as(layer).isCloseTo(1, within(1e-5));
          }
        });
  }

  @Test
  void the_grids_of_vgg_are_known() {
    Map<String, FeatureGrid> grids =
        Backbone.load(TinyModel.folder())
            .featureGrids(
                List.of(
                    "block1_conv1", "block1_conv2", "block2_conv1", "block3_conv1", "block4_conv1"),
                65,
                33);
    // Three by three convolutions and pools of two: Simonyan and Zisserman's network.
    assertThat(grids)
        .containsEntry("block1_conv1", new FeatureGrid(65, 33, 1, 3))
        .containsEntry("block1_conv2", new FeatureGrid(65, 33, 1, 5))
        .containsEntry("block2_conv1", new FeatureGrid(32, 16, 2, 10))
        .containsEntry("block3_conv1", new FeatureGrid(16, 8, 4, 24))
        .containsEntry("block4_conv1", new FeatureGrid(8, 4, 8, 68));
  }

  private static int counting(float[] weights) {
    int count = 0;
    for (float weight : weights) {
      count += weight > 0 ? 1 : 0;
    }
    return count;
  }

  private static Mask mask(int width, int height, int from, int to) {
    float[] rgb = new float[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      rgb[i] = x >= from && x < to ? 255 : 0;
    }
    return Mask.of(Picture.of(width, height, rgb));
  }
}
