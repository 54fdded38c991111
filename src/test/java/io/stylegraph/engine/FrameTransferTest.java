package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.AdamSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The term of a film's frames, and frames one after the other on one session. */
class FrameTransferTest {
  private static final SharedNetwork NETWORK = new SharedNetwork(Backbone.load(TinyModel.folder()));
  private static final Picture CONTENT = TinyModel.picture(37, 34, 1);
  private static final Picture STYLE = TinyModel.picture(45, 33, 2);
  private static final Picture START = TinyModel.picture(37, 34, 3);
  private static final Picture BEFORE = TinyModel.picture(37, 34, 4);
  private static final TransferPictures FIRST = TransferPictures.of(CONTENT, STYLE, CONTENT);

  @AfterAll
  static void close() {
    NETWORK.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf-eager", "tf-tutorial", "udacity", "fine"})
  void the_term_and_its_gradient_are_those_of_plain_doubles(String name) {
    Recipe recipe = Recipes.named(name);
    float[] weights = weights();
    TransferPictures pictures = FIRST.frame(CONTENT, START, new FrameBefore(BEFORE, weights));
    try (TransferSession with = new TransferSession(NETWORK, recipe, ObjectiveTest.FP32, pictures);
        TransferSession without =
            new TransferSession(NETWORK, recipe, ObjectiveTest.FP32, FIRST.startingFrom(START))) {
      Losses losses = with.evaluate();
      Losses plain = without.evaluate();
      double[] gradient = new double[weights.length * 3];
      double term = plain(weights, gradient);
      assertThat(losses.temporal()).isCloseTo(term, within(1e-5 * term));
      assertThat(losses.total())
          .isCloseTo(plain.total() + term, within(1e-5 * (plain.total() + term)));
      assertThat(plain.temporal()).isZero();
      float[] all = with.gradient();
      float[] rest = without.gradient();
      double largest = 0;
      for (float value : all) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < all.length; i++) {
        assertThat((double) all[i] - rest[i]).isCloseTo(gradient[i], within(1e-5 * largest));
      }
    }
  }

  @Test
  void a_frame_on_a_session_that_painted_others_is_as_on_one_of_its_own() {
    FrameBefore before = new FrameBefore(BEFORE, weights());
    try (FrameTransfer many = frames(recipe());
        FrameTransfer one = frames(recipe())) {
      many.run(TinyModel.picture(37, 34, 7), BEFORE, before, RunOptions.none());
      Outcome second = many.run(CONTENT, START, before, RunOptions.none());
      Outcome alone = one.run(CONTENT, START, before, RunOptions.none());
      assertThat(second.picture().rgb()).isEqualTo(alone.picture().rgb());
      assertThat(second.losses()).isEqualTo(alone.losses());
      assertThat(second.steps()).isEqualTo(5);
    }
  }

  @Test
  void the_heavier_the_term_the_nearer_to_the_frame_before() {
    double last = Double.POSITIVE_INFINITY;
    for (float weight : new float[] {0, 1e4f, 1e8f}) {
      float[] weights = weights();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = weight;
      }
      try (FrameTransfer frames = frames(recipe().toBuilder().steps(40).build())) {
        Outcome made =
            frames.run(CONTENT, START, new FrameBefore(BEFORE, weights), RunOptions.none());
        double distance = distance(made.picture(), BEFORE);
        assertThat(distance).isLessThan(last);
        last = distance;
      }
    }
  }

  private static FrameTransfer frames(Recipe recipe) {
    return new FrameTransfer(NETWORK, recipe, ObjectiveTest.FP32, FIRST);
  }

  private static Recipe recipe() {
    return Recipes.TF_EAGER.toBuilder()
        .steps(5)
        .optimizer(new AdamSettings(2, 0.9, 0.999, 1e-8, true))
        .build();
  }

  private static float[] weights() {
    float[] weights = new float[37 * 34];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3 * 1e4f;
    }
    return weights;
  }

  /** The value; sets the gradient with respect to 0-255. */
  private static double plain(float[] weights, double[] gradient) {
    float[] picture = START.rgb();
    float[] before = BEFORE.rgb();
    double sum = 0;
    for (int i = 0; i < picture.length; i++) {
      double difference = picture[i] - before[i];
      sum += weights[i / 3] * difference * difference;
      gradient[i] = 2 * weights[i / 3] * difference / picture.length;
    }
    return sum / picture.length;
  }

  private static double distance(Picture one, Picture other) {
    float[] a = one.rgb();
    float[] b = other.rgb();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }
}
