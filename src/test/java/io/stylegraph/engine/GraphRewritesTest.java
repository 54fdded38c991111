package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.recipe.Recipes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What the rewrites change; that they keep the numbers is for {@link ObjectiveTest}. */
class GraphRewritesTest {
  private static final GraphDef BUILT =
      new StyleTransferGraph(
              Backbone.load(TinyModel.folder()),
              Recipes.TF_EAGER,
              TinyModel.picture(32, 32, 1),
              TinyModel.picture(32, 32, 2))
          .definition();
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
  void what_else_reads_a_convolution_before_its_relu_still_can() {
    GraphDef fused = GraphRewrites.convolutionsWithCachedFilters(OUTPUTS);
    assertThat(of(fused, "BiasAdd")).hasSameSizeAs(of(BUILT, "BiasAdd"));
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
