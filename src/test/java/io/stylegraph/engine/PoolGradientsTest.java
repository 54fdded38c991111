package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What the rewrites change; that they keep the numbers is for {@link RewrittenGradientTest}. */
class PoolGradientsTest {
  private static final GraphDef PLAIN = built(Recipes.TF_EAGER);
  private static final GraphDef SWAPPED = PoolGradients.afterRelus(PLAIN);

  @Test
  void gradients_pass_a_relu_before_its_pooling() {
    assertThat(arrivals(PLAIN)).isNotEmpty().doesNotContain("ReluGrad");
    assertThat(arrivals(SWAPPED)).hasSameSizeAs(arrivals(PLAIN)).containsOnly("ReluGrad");
    assertThat(SWAPPED.getNodeCount()).isEqualTo(PLAIN.getNodeCount());
  }

  @Test
  void a_pooled_layer_with_a_loss_of_its_own_stays() {
    Recipe pooled =
        Recipes.TF_EAGER.toBuilder()
            .styleLayers(List.of(new LayerWeight("block1_conv2", 1)))
            .contentLayers(List.of(new LayerWeight("block2_conv1", 1)))
            .build();
    assertThat(PoolGradients.afterRelus(built(pooled))).isEqualTo(built(pooled));
  }

  @Test
  void pooled_values_are_read_for_their_shape_alone() {
    GraphDef places = PoolGradients.fromPlaces(SWAPPED);
    List<String> pooled =
        of(places, "_MklNativeMaxPool").stream().map(node -> node.getInput(0)).toList();
    assertThat(pooled).hasSameSizeAs(arrivals(PLAIN));
    assertThat(places.getNodeList())
        .filteredOn(node -> node.getInputList().stream().anyMatch(pooled::contains))
        .extracting(NodeDef::getOp)
        .containsOnly("_MklNativeMaxPool", "Shape");
    assertThat(of(places, "MaxPoolGrad")).isEmpty();
    assertThat(of(places, "_MklNativeMaxPoolGrad"))
        .allSatisfy(node -> assertThat(node.getInput(3)).isEqualTo(node.getInput(1) + ":1"));
  }

  /** The kinds of ops whose gradients arrive at poolings. */
  private static List<String> arrivals(GraphDef graph) {
    Ancestry ancestry = new Ancestry(graph);
    return of(graph, "MaxPoolGrad").stream()
        .map(pool -> ancestry.node(pool.getInput(2)).getOp())
        .toList();
  }

  private static GraphDef built(Recipe recipe) {
    return GraphRewrites.reluGradientsFromOutputs(TinyGraph.of(recipe));
  }

  private static List<NodeDef> of(GraphDef graph, String op) {
    return graph.getNodeList().stream().filter(node -> node.getOp().equals(op)).toList();
  }
}
