package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.image.PictureSize;
import io.stylegraph.recipe.Recipes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimate against the peaks of VGG19 that stand in {@code docs/memory.md}. */
class MemoryEstimateTest {
  private static final int[] CONVOLUTIONS = {2, 2, 4, 4, 4};
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};
  private static final PictureSize STYLE = new PictureSize(512, 384);

  @ParameterizedTest
  @CsvSource({
    "tf-eager, 512, 384, 897",
    "tf-eager, 1024, 768, 1645",
    "tf-eager, 1536, 1152, 3537",
    "tf-eager, 2048, 1536, 4942",
    "pytorch-walkthrough, 512, 384, 1265"
  })
  void the_estimate_is_above_what_was_measured_and_by_less_than_a_quarter(
      String recipe, int width, int height, int megabytes) {
    MemoryEstimate estimate = new MemoryEstimate(vgg19(), Recipes.named(recipe), 0);
    double measured = megabytes * 1e6;
    assertThat((double) estimate.bytes(new PictureSize(width, height), STYLE))
        .isBetween(measured, 1.25 * measured);
  }

  static Manifest vgg19() {
    List<Manifest.Layer> layers = new ArrayList<>();
    for (int block = 0; block < CHANNELS.length; block++) {
      for (int convolution = 1; convolution <= CONVOLUTIONS[block]; convolution++) {
        String name = "block%d_conv%d".formatted(block + 1, convolution);
        layers.add(
            new Manifest.Layer(
                name, name + ":0", name + "/preactivation:0", CHANNELS[block], 1 << block));
      }
    }
    Manifest tiny = Backbone.load(TinyModel.folder()).manifest();
    return new Manifest(
        tiny.schemaVersion(),
        "vgg19-random",
        "vgg19",
        tiny.weights(),
        tiny.preprocessing(),
        tiny.featureUnits(),
        tiny.calibration(),
        tiny.input(),
        layers,
        tiny.files(),
        tiny.writtenBy());
  }
}
