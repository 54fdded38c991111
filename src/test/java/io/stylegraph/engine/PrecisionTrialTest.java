package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.error.NonFiniteLossException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs in bfloat16 on the tiny model, as if the CPU had instructions for it; TensorFlow computes
 * without, if slower.
 */
class PrecisionTrialTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(34, 32, 1);

  /** Dark, since the Gram matrices of pictures alike differ by little more than rounding. */
  private static final Picture STYLE = changed(TinyModel.picture(40, 33, 2), 0.25f, 0);

  private static final Picture OTHER = TinyModel.picture(34, 32, 3);

  /** Of few layers: in so small a network, roundings do not average out from layer to layer. */
  private static final Recipe RECIPE =
      Recipes.TF_EAGER.toBuilder()
          .styleLayers(
              List.of(new LayerWeight("block1_conv1", 1), new LayerWeight("block2_conv1", 1)))
          .contentLayers(List.of(new LayerWeight("block2_conv2", 1)))
          .steps(4)
          .build();

  private static final Recipe CONTENT_ALONE = RECIPE.toBuilder().styleWeight(0).tvWeight(0).build();

  /** So near the content that bfloat16 hardly tells them apart. */
  private static final Picture NEARLY_CONTENT = changed(CONTENT, 1, 0.02f);

  @ParameterizedTest
  @MethodSource("everyRecipe")
  void bfloat16_is_near_float32_in_every_recipe(Recipe recipe) {
    try (StyleTransfer rounded = open(recipe, Precision.BF16, OTHER);
        StyleTransfer exact = open(recipe, Precision.FP32, OTHER)) {
      Losses losses = rounded.evaluate();
      Losses expected = exact.evaluate();
      assertThat(losses.total())
          .isCloseTo(expected.total(), within(0.03 * expected.total()))
          .isNotEqualTo(expected.total());
      assertThat(losses.tv()).isEqualTo(expected.tv());
      // Ties in pooling windows and flipped ReLUs: the way downhill is the same within 12 degrees.
      assertThat(relativeDistance(rounded.gradient(), exact.gradient())).isBetween(1e-4, 0.2);
    }
  }

  @Test
  void losses_that_agree_settle_on_bfloat16() {
    for (Picture start : List.of(CONTENT, OTHER)) {
      try (StyleTransfer tried = open(RECIPE, Precision.AUTO, start);
          StyleTransfer asked = open(RECIPE, Precision.BF16, start)) {
        assertThat(tried.compute().precision()).isEqualTo(Precision.BF16);
        assertThat(tried.compute().describe()).contains(", bf16, ");
        near(tried.evaluate(), asked.evaluate());
      }
    }
  }

  @Test
  void the_proof_compares_with_what_fp32_reports() {
    for (Picture start : List.of(CONTENT, OTHER)) {
      Compute compute = compute(Precision.AUTO);
      try (TransferSession session = session(compute, RECIPE, start);
          StyleTransfer exact = open(RECIPE, Precision.FP32, start)) {
        PrecisionProof proof = session.prove();
        near(proof.fp32(), exact.evaluate());
        assertThat(proof.bf16()).isEqualTo(session.evaluate());
      }
    }
  }

  @Test
  void losses_that_disagree_fall_back_to_fp32_and_say_so() {
    String said =
        errorsOf(
            () -> {
              try (StyleTransfer tried = open(CONTENT_ALONE, Precision.AUTO, NEARLY_CONTENT);
                  StyleTransfer exact = open(CONTENT_ALONE, Precision.FP32, NEARLY_CONTENT)) {
                assertThat(tried.compute().precision()).isEqualTo(Precision.FP32);
                assertThat(tried.compute().describe()).contains("fp32").doesNotContain("bf16");
                near(tried.evaluate(), exact.evaluate());
              }
              return "";
            });
    assertThat(said)
        .containsOnlyOnce("bf16 is given up, this run computes in fp32: its first loss is ");
  }

  @Test
  void bfloat16_asked_for_is_not_put_to_the_test() {
    String said =
        errorsOf(
            () -> {
              try (StyleTransfer asked = open(CONTENT_ALONE, Precision.BF16, NEARLY_CONTENT);
                  StyleTransfer exact = open(CONTENT_ALONE, Precision.FP32, NEARLY_CONTENT)) {
                assertThat(asked.compute().precision()).isEqualTo(Precision.BF16);
                double total = exact.evaluate().total();
                assertThat(asked.evaluate().total()).isNotCloseTo(total, within(0.01 * total));
              }
              return "";
            });
    assertThat(said).isEmpty();
  }

  @Test
  void losses_that_are_not_finite_are_left_to_fp32_to_report() {
    Recipe absurd = RECIPE.toBuilder().styleWeight(1e38).build();
    try (StyleTransfer tried = open(absurd, Precision.AUTO, CONTENT)) {
      assertThat(tried.compute().precision()).isEqualTo(Precision.FP32);
      assertThatThrownBy(() -> tried.run(RunOptions.none()))
          .isInstanceOf(NonFiniteLossException.class);
    }
  }

  @Test
  void a_session_that_tensorflow_cannot_run_falls_back() {
    List<Precision> opened = new ArrayList<>();
    TransferSession session =
        PrecisionTrial.open(
            compute(Precision.AUTO),
            compute -> {
              opened.add(compute.precision());
              if (compute.bf16()) {
                throw new RunFailedException("no kernel", new IllegalStateException());
              }
              return session(compute, RECIPE, CONTENT);
            });
    session.close();
    assertThat(opened).containsExactly(Precision.AUTO, Precision.FP32);
  }

  @Test
  void a_run_in_bfloat16_reports_what_fp32_sees_in_its_picture() {
    Recipe gentle = RECIPE.toBuilder().learningRate(0.5).build();
    Outcome outcome;
    try (StyleTransfer tried = open(gentle, Precision.AUTO, CONTENT)) {
      assertThat(tried.compute().precision()).isEqualTo(Precision.BF16);
      outcome = tried.run(RunOptions.none());
    }
    assertThat(outcome.losses().total()).isLessThan(outcome.first().total());
    assertThat(outcome.first().content()).isZero();
    try (StyleTransfer exact = open(gentle, Precision.FP32, outcome.picture())) {
      double total = exact.evaluate().total();
      assertThat(outcome.losses().total()).isCloseTo(total, within(0.01 * total));
    }
  }

  private static Collection<Recipe> everyRecipe() {
    return Recipes.all();
  }

  private static void near(Losses actual, Losses expected) {
    assertThat(actual.total())
        .isCloseTo(expected.total(), within(1e-5 * Math.abs(expected.total())));
    assertThat(actual.content())
        .isCloseTo(expected.content(), within(1e-5 * Math.abs(expected.content())));
  }

  private static StyleTransfer open(Recipe recipe, Precision precision, Picture start) {
    return new StyleTransfer(
        NETWORK, recipe, compute(precision), TransferPictures.of(CONTENT, STYLE, start));
  }

  private static TransferSession session(Compute compute, Recipe recipe, Picture start) {
    return new TransferSession(
        NETWORK, recipe, compute, TransferPictures.of(CONTENT, STYLE, start));
  }

  private static Compute compute(Precision precision) {
    return new Compute(false, precision, 2);
  }

  private static String errorsOf(Supplier<String> work) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      work.get();
    } finally {
      System.setErr(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private static Picture changed(Picture picture, float factor, float offset) {
    float[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = factor * rgb[i] + offset;
    }
    return Picture.of(picture.width(), picture.height(), rgb);
  }

  private static double relativeDistance(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
