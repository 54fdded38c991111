package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What the rewrites change; that they keep the numbers is for {@link ObjectiveTest}. */
class GraphRewritesTest {
  private static final GraphDef BUILT = built(Recipes.TF_EAGER);
  private static final GraphDef OUTPUTS = GraphRewrites.reluGradientsFromOutputs(BUILT);

  @Test
  void gradients_of_relus_look_at_inputs_before_and_at_outputs_after() {
    assertThat(gradientFeatures(BUILT)).isNotEmpty().doesNotContainAnyElementsOf(names("Relu"));
    assertThat(gradientFeatures(OUTPUTS)).isSubsetOf(names("Relu"));
  }

  @Test
  void every_convolution_with_its_relu_becomes_one_op_of_that_name() {
    GraphDef fused = GraphRewrites.convolutionsWithCachedFilters(OUTPUTS);
    List<NodeDef> nodes = of(fused, "_MklNativeFusedConv2D");
    assertThat(nodes).extracting(NodeDef::getName).containsExactlyElementsOf(names("Relu"));
    assertThat(nodes)
        .allSatisfy(node -> assertThat(node.getAttrOrThrow("is_filter_const").getB()).isTrue());
    assertThat(of(fused, "Relu")).isEmpty();
    assertThat(fused.getNodeCount()).isEqualTo(BUILT.getNodeCount());
  }

  @Test
  void a_value_that_is_compared_before_its_relu_stays() {
    GraphDef built = GraphRewrites.reluGradientsFromOutputs(built(Recipes.PYTORCH_TUTORIAL));
    GraphDef fused = GraphRewrites.convolutionsWithCachedFilters(built);
    assertThat(of(fused, "_MklNativeFusedConv2D"))
        .extracting(NodeDef::getName)
        .contains("block1_conv1/preactivation", "block2_conv2/preactivation");
    assertThat(of(fused, "Relu")).extracting(NodeDef::getName).contains("block1_conv1");
  }

  private static GraphDef built(Recipe recipe) {
    return TinyGraph.of(recipe);
  }

  private static Set<String> gradientFeatures(GraphDef graph) {
    return of(graph, "ReluGrad").stream().map(node -> node.getInput(1)).collect(Collectors.toSet());
  }

  private static List<String> names(String op) {
    return of(BUILT, op).stream().map(NodeDef::getName).toList();
  }

  private static List<NodeDef> of(GraphDef graph, String op) {
    return graph.getNodeList().stream().filter(node -> node.getOp().equals(op)).toList();
  }
}
