package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.NetworkCut;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.NetworkForm;
import io.stylegraph.recipe.Pyramid;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in tiles, and which they are; every loss and option is in {@link TilesIT}. */
class TilesTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final int WIDTH = 77;
  private static final int HEIGHT = 53;
  private static final Picture CONTENT = TinyModel.picture(WIDTH, HEIGHT, 1);
  private static final TransferPictures PICTURES =
      TransferPictures.of(CONTENT, TinyModel.picture(61, 67, 2), CONTENT);

  /** From one start, so that small differences of rounding stay small. */
  @ParameterizedTest
  @ValueSource(strings = {"adam", "lbfgs"})
  void a_run_in_tiles_paints_the_same_picture_without_seams(String optimizer) {
    Recipe recipe = Recipes.TF_EAGER.toBuilder().optimizer(optimizer).steps(4).build();
    NetworkCut cut = cuts(recipe).get(1);
    float[] whole = painted(recipe, TileChoice.WHOLE);
    float[] tiled = painted(recipe, (content, style) -> Optional.of(new TilePlan(cut, 32)));
    double atSeams = 0;
    double elsewhere = 0;
    int seams = 0;
    for (int i = 0; i < whole.length; i++) {
      assertThat(tiled[i]).isCloseTo(whole[i], within(0.02f));
      boolean seam = i / 3 % WIDTH % 28 <= 1 || i / 3 / WIDTH % 28 <= 1;
      double square = Math.pow(tiled[i] - whole[i], 2);
      atSeams += seam ? square : 0;
      elsewhere += seam ? 0 : square;
      seams += seam ? 1 : 0;
    }
    // Rounding is nowhere worse; a seam would be so by orders of magnitude.
    assertThat(atSeams / seams).isLessThan(1e-9 + 4 * elsewhere / (whole.length - seams));
  }

  private static float[] painted(Recipe recipe, TileChoice tiles) {
    try (StyleTransfer run =
        new StyleTransfer(NETWORK, recipe, ObjectiveTest.FP32, PICTURES, tiles)) {
      return run.run(RunOptions.none()).picture().rgb();
    }
  }

  @Test
  void each_size_of_a_run_is_asked_for_and_only_large_ones_are_in_tiles() {
    Recipe recipe = Recipes.TF_EAGER.toBuilder().steps(3).pyramid(new Pyramid(36, 2, 0.75)).build();
    NetworkCut cut = cuts(recipe).get(0);
    List<PictureSize> asked = new ArrayList<>();
    float[] tiled =
        painted(
            recipe,
            (content, style) -> {
              asked.add(content);
              return content.equals(CONTENT.size())
                  ? Optional.of(new TilePlan(cut, 32))
                  : Optional.empty();
            });
    float[] whole = painted(recipe, TileChoice.WHOLE);
    assertThat(asked).contains(CONTENT.size()).hasSizeGreaterThan(1);
    for (int i = 0; i < whole.length; i++) {
      assertThat(tiled[i]).isCloseTo(whole[i], within(0.05f));
    }
  }

  /** Every pixel is in one core, and around the core is what its features see. */
  @ParameterizedTest
  @CsvSource({"77, 16", "64, 16", "65, 32", "5, 4096", "1000, 37"})
  void cores_cover_a_side_once(int length, int core) {
    for (NetworkCut cut : cuts(Recipes.TF_EAGER)) {
      int next = 0;
      for (TileSpan span : TileSpan.of(length, core, cut)) {
        assertThat(span.coreStart()).isEqualTo(next);
        assertThat(span.start() % cut.stride()).isZero();
        assertThat((length - span.length()) % cut.stride()).isZero();
        assertThat(span.start()).isLessThanOrEqualTo(Math.max(0, span.coreStart() - cut.before()));
        assertThat(span.end()).isBetween(Math.min(length, span.coreEnd() + cut.after()), length);
        next = span.coreEnd();
      }
      assertThat(next).isEqualTo(length);
    }
  }

  @Test
  void vgg_is_cut_behind_each_pool_and_sees_as_far_as_its_convolutions_reach() {
    List<NetworkCut> cuts = cuts(Recipes.TF_EAGER);
    assertThat(cuts).extracting(NetworkCut::stride).containsExactly(2, 4, 8, 16, 16);
    assertThat(cuts.get(1).op()).hasValueSatisfying(it -> assertThat(it).contains("block2_pool"));
    assertThat(cuts.get(1).before()).isEqualTo(6);
    assertThat(cuts.get(1).after()).isEqualTo(6);
    assertThat(cuts.get(1).shallowLayers())
        .containsExactlyInAnyOrder("block1_conv1", "block2_conv1");
  }

  @Test
  void auto_takes_tiles_where_the_whole_does_not_fit_and_the_shallowest_cut_that_does() {
    PictureSize size = new PictureSize(4096, 3072);
    MemoryPlan plan =
        new MemoryPlan(
            MemoryEstimateTest.vgg19(),
            () -> cuts(Recipes.TF_EAGER),
            Recipes.TF_EAGER,
            0,
            Tiling.AUTO);
    long whole = plan.bytes(size, size, Long.MAX_VALUE);
    assertThat(plan.tiles(size, size, whole)).isEmpty();
    assertThat(plan.tiles(size, size, whole - 1))
        .hasValueSatisfying(it -> assertThat(it.cut().stride()).isEqualTo(2));
    assertThat(plan.bytes(size, size, whole - 1)).isLessThan(whole);
  }

  @Test
  void a_number_asks_for_tiles_of_larger_pictures_alone() {
    PictureSize style = new PictureSize(64, 64);
    MemoryPlan plan = plan(Tiling.of(100));
    assertThat(plan.tiles(new PictureSize(100, 50), style, Long.MAX_VALUE)).isEmpty();
    assertThat(plan.tiles(new PictureSize(101, 50), style, Long.MAX_VALUE))
        .hasValueSatisfying(it -> assertThat(it.core()).isEqualTo(100));
    assertThat(plan(Tiling.OFF).tiles(new PictureSize(9000, 9000), style, 1)).isEmpty();
  }

  @Test
  void what_is_no_tiling_is_refused() {
    assertThat(Tiling.parse("256")).isEqualTo(Tiling.of(256));
    assertThat(Tiling.parse("off").text()).isEqualTo("off");
    assertThatThrownBy(() -> Tiling.parse("big"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("tile (big) must be auto, off or a number of pixels from 16 to 32768");
    assertThatThrownBy(() -> Tiling.parse("3")).hasMessage("tile (3) must be from 16 to 32768");
  }

  private static MemoryPlan plan(Tiling tiling) {
    return new MemoryPlan(NETWORK.backbone(), Recipes.TF_EAGER, 0, tiling);
  }

  private static List<NetworkCut> cuts(Recipe recipe) {
    return NETWORK
        .backbone()
        .cuts(NetworkForm.AS_TRAINED, recipe.layersUsed(), recipe.form().activation());
  }
}
