package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stylegraph.backbone.Backbone;
import io.stylegraph.engine.MemoryPlan;
import io.stylegraph.error.NotEnoughMemoryException;
import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Tiling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture too large for the memory is refused with the size that fits. */
class MemoryRefusalTest {
  private static final long GIGABYTE = 1_000_000_000;
  private static final Backbone BACKBONE = Backbone.load(TinyModel.folder());
  private static final MemoryPlan ESTIMATE =
      new MemoryPlan(BACKBONE, Recipes.DEFAULT, 0, Tiling.OFF);

  @ParameterizedTest
  @CsvSource({
    "20000, 20000, 64, 64, 3",
    "32768, 20001, 700, 500, 8",
    "3333, 9000, 100, 90, 1",
    "64, 64, 12000, 9001, 1"
  })
  void the_size_named_fits_and_a_larger_one_does_not(
      int width, int height, int styleWidth, int styleHeight, int gigabytes) {
    PictureSize picture = new PictureSize(width, height);
    PictureSize style = new PictureSize(styleWidth, styleHeight);
    long available = gigabytes * GIGABYTE;
    NotEnoughMemoryException refusal =
        catchThrowableOfType(
            NotEnoughMemoryException.class, () -> ESTIMATE.require(picture, style, available));
    int size = refusal.largestSize();
    assertThat(size).isPositive();
    assertThatCode(() -> ESTIMATE.require(picture.fit(size), style.fit(size), available))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> ESTIMATE.require(picture.fit(size + 1), style.fit(size + 1), available))
        .isInstanceOf(NotEnoughMemoryException.class);
    assertThat(refusal.availableBytes()).isEqualTo(available);
    assertThat(refusal.neededBytes()).isEqualTo(ESTIMATE.bytes(picture, style, available));
    assertThat(refusal)
        .hasMessageStartingWith(
            "a %dx%d picture with a %dx%d style needs about "
                .formatted(width, height, styleWidth, styleHeight))
        .hasMessageEndingWith(
            "of memory and %d.0 GB are free; the largest size that fits is --size %d"
                .formatted(gigabytes, size));
  }

  @Test
  void no_size_fits_where_not_even_the_weights_do() {
    PictureSize small = new PictureSize(64, 64);
    NotEnoughMemoryException refusal =
        catchThrowableOfType(
            NotEnoughMemoryException.class, () -> ESTIMATE.require(small, small, GIGABYTE / 10));
    assertThat(refusal.largestSize()).isZero();
    assertThat(refusal).hasMessageEndingWith("no size fits: free some memory");
  }

  @Test
  void lbfgs_needs_its_history_beside() {
    PictureSize size = new PictureSize(512, 384);
    MemoryPlan lbfgs =
        new MemoryPlan(
            BACKBONE, Recipes.DEFAULT.toBuilder().optimizer("lbfgs").build(), 0, Tiling.OFF);
    assertThat(lbfgs.bytes(size, size, GIGABYTE) - ESTIMATE.bytes(size, size, GIGABYTE))
        .isEqualTo((2 * 50 + 8) * 4L * 3 * size.pixels());
  }
}
