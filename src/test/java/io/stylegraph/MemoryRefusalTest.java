package io.stylegraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stylegraph.engine.MemoryEstimate;
import io.stylegraph.error.NotEnoughMemoryException;
import io.stylegraph.recipe.Recipes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture too large for the memory is refused with the size that fits. */
class MemoryRefusalTest {
  private static final long GIGABYTE = 1_000_000_000;
  private static final MemoryEstimate ESTIMATE =
      new MemoryEstimate(Stylizer.load(TinyModel.folder()).model(), Recipes.DEFAULT);

  @ParameterizedTest
  @CsvSource({"20000, 20000, 3", "32768, 32768, 8", "9000, 9000, 1"})
  void the_size_named_fits_and_a_larger_one_does_not(int width, int height, int gigabytes) {
    long available = gigabytes * GIGABYTE;
    NotEnoughMemoryException refusal =
        catchThrowableOfType(
            NotEnoughMemoryException.class, () -> ESTIMATE.require(width, height, available));
    int size = refusal.largestSize();
    assertThat(size).isBetween(1, Math.max(width, height) - 1);
    assertThatCode(() -> ESTIMATE.require(size, size, available)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ESTIMATE.require(size + 1, size + 1, available))
        .isInstanceOf(NotEnoughMemoryException.class);
    assertThat(refusal.availableBytes()).isEqualTo(available);
    assertThat(refusal.neededBytes()).isEqualTo(ESTIMATE.bytes((long) width * height));
    assertThat(refusal)
        .hasMessageStartingWith("a %dx%d picture needs about ".formatted(width, height))
        .hasMessageEndingWith(
            "of memory and %d.0 GB are free; the largest size that fits is --size %d"
                .formatted(gigabytes, size));
  }

  @Test
  void no_size_fits_where_not_even_the_weights_do() {
    NotEnoughMemoryException refusal =
        catchThrowableOfType(
            NotEnoughMemoryException.class, () -> ESTIMATE.require(64, 64, GIGABYTE / 10));
    assertThat(refusal.largestSize()).isZero();
    assertThat(refusal).hasMessageEndingWith("no size fits: free some memory");
  }
}
