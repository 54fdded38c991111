package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.common.collect.Streams;
import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.LossForm;
import io.stylegraph.recipe.NetworkForm;
import io.stylegraph.recipe.Padding;
import io.stylegraph.recipe.Pooling;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.StyleDivisor;
import io.stylegraph.recipe.StyleStatistic;
import io.stylegraph.recipe.VariationForm;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;

/**
 * What saves memory leaves losses and gradient as they are. On one thread, as here, no bit differs;
 * on several, two runs of one and the same graph may differ in the last digits.
 */
class RewrittenGradientTest {
  private static final Backbone BACKBONE = Backbone.load(TinyModel.folder());
  private static final Compute COMPUTE = new Compute(false, Precision.FP32, 1);
  private static final Picture CONTENT = TinyModel.picture(17, 16, 1);
  private static final Picture STYLE = TinyModel.picture(18, 16, 2);
  private static final Picture PICTURE = TinyModel.picture(17, 16, 3);

  @ParameterizedTest
  @MethodSource("recipes")
  void losses_and_gradient_are_the_same_in_tensorflows_own_ops(Recipe recipe) {
    ObjectiveGraph built = built(recipe);
    GraphDef plain = GraphRewrites.reluGradientsFromOutputs(built.definition());
    same(values(recipe, built, imported(cheaper(plain))), values(recipe, built, imported(plain)));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void losses_and_gradient_are_the_same_in_onednns_ops(Recipe recipe) {
    ObjectiveGraph built = built(recipe);
    GraphDef plain = GraphRewrites.reluGradientsFromOutputs(built.definition());
    Graph fused;
    try {
      fused = imported(GraphRewrites.convolutionsWithCachedFilters(plain));
    } catch (IllegalArgumentException e) {
      abort("TensorFlow was built without oneDNN's ops");
      return;
    }
    Graph cheaper =
        imported(
            PoolGradients.fromPlaces(GraphRewrites.convolutionsWithCachedFilters(cheaper(plain))));
    same(values(recipe, built, cheaper), values(recipe, built, fused));
  }

  private static Stream<Recipe> recipes() {
    Recipe recipe = Recipes.TF_EAGER;
    return Streams.concat(
        Recipes.all().stream(),
        Arrays.stream(Pooling.values()).map(RewrittenGradientTest::finer),
        Stream.of(
            recipe.toBuilder().styleWeight(0).contentWeight(0).build(),
            recipe.toBuilder().styleWeight(0).build(),
            layers(recipe, List.of("block1_conv1"), List.of("block1_conv1")),
            layers(recipe, List.of("block1_conv2", "block3_conv1"), List.of("block2_conv2"))));
  }

  /** With moments, squared variation and changes to the network. */
  private static Recipe finer(Pooling pooling) {
    LossForm form = Recipes.TF_EAGER.form();
    return Recipes.TF_EAGER.toBuilder()
        .network(new NetworkForm(pooling, Padding.REPLICATE))
        .form(
            new LossForm(
                form.activation(),
                StyleStatistic.MOMENTS,
                form.gram(),
                StyleDivisor.RELATIVE,
                form.contentError(),
                VariationForm.SQUARED,
                form.units()))
        .build();
  }

  private static Recipe layers(Recipe recipe, List<String> style, List<String> content) {
    return recipe.toBuilder()
        .styleLayers(style.stream().map(layer -> new LayerWeight(layer, 1)).toList())
        .contentLayers(content.stream().map(layer -> new LayerWeight(layer, 1)).toList())
        .build();
  }

  private static GraphDef cheaper(GraphDef graph) {
    return Recomputation.ofFirstConvolution(
        GradientOrder.deepestFirst(PoolGradients.afterRelus(graph)));
  }

  private static ObjectiveGraph built(Recipe recipe) {
    return new ObjectiveGraph(BACKBONE, recipe, 0, false, false);
  }

  private static Graph imported(GraphDef definition) {
    Graph graph = new Graph();
    graph.importGraphDef(definition);
    return graph;
  }

  private static void same(Values actual, Values expected) {
    double total = expected.losses().total();
    assertThat(actual.losses().style()).isCloseTo(expected.losses().style(), within(1e-6 * total));
    assertThat(actual.losses().content())
        .isCloseTo(expected.losses().content(), within(1e-6 * total));
    assertThat(actual.losses().tv()).isCloseTo(expected.losses().tv(), within(1e-6 * total));
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.gradient().length; i++) {
      largest = Math.max(largest, Math.abs(expected.gradient()[i]));
      difference = Math.max(difference, Math.abs(actual.gradient()[i] - expected.gradient()[i]));
    }
    assertThat(largest).isPositive();
    assertThat(difference).isLessThanOrEqualTo(1e-6 * largest);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Values(Losses losses, float[] gradient) {}

  private static Values values(Recipe recipe, ObjectiveGraph built, Graph executable) {
    try (Graph graph = executable;
        Session session = new Session(graph, false, COMPUTE.sessionConfig())) {
      BACKBONE.importRestore(graph);
      BACKBONE.restore(session);
      TransferPictures pictures = TransferPictures.of(CONTENT, STYLE, PICTURE);
      Objective objective =
          new Objective(new Runs(session, new Semaphore(1)), BACKBONE, built.ops());
      try (TransferSession job =
          new TransferSession(
              recipe,
              COMPUTE,
              pictures,
              () -> new WholeEvaluator(objective, () -> {}, recipe, pictures))) {
        TransferSession.Evaluation here = job.evaluateWithGradient();
        return new Values(here.losses(), here.gradient());
      }
    }
  }
}
