package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What is computed twice; that it keeps the numbers is for {@link RewrittenGradientTest}. */
class RecomputationTest {
  private static final GraphDef AGAIN = Recomputation.ofFirstConvolution(built(Recipes.TF_EAGER));
  private static final String FIRST = "block1_conv1";

  @Test
  void the_gradient_reads_a_second_first_convolution_that_waits_for_all_others() {
    NodeDef copy = new Ancestry(AGAIN).node(FIRST + "/convolution_again");
    assertThat(copy.getOp()).isEqualTo("Conv2D");
    List<String> others =
        names(of(AGAIN, "Conv2DBackpropInput")).stream()
            .filter(name -> !new Ancestry(AGAIN).of(name).contains(copy.getName()))
            .toList();
    assertThat(others).hasSize(names(of(AGAIN, "Conv2DBackpropInput")).size() - 1);
    assertThat(new Ancestry(AGAIN).of(copy.getName())).containsAll(others);
    assertThat(AGAIN.getNodeList())
        .filteredOn(
            node -> node.getName().startsWith("gradients/") && !node.getOp().equals("Shape"))
        .noneMatch(node -> node.getInputList().contains(FIRST));
  }

  @Test
  void a_single_convolution_is_not_computed_twice() {
    Recipe first =
        Recipes.TF_EAGER.toBuilder()
            .styleLayers(List.of(new LayerWeight(FIRST, 1)))
            .contentLayers(List.of(new LayerWeight(FIRST, 1)))
            .build();
    GraphDef graph = built(first);
    assertThat(Recomputation.ofFirstConvolution(graph)).isEqualTo(graph);
  }

  private static GraphDef built(Recipe recipe) {
    return GraphRewrites.reluGradientsFromOutputs(TinyGraph.of(recipe));
  }

  private static List<NodeDef> of(GraphDef graph, String op) {
    return graph.getNodeList().stream()
        .filter(node -> node.getName().startsWith("gradients/") && node.getOp().equals(op))
        .toList();
  }

  private static List<String> names(List<NodeDef> nodes) {
    return nodes.stream().map(NodeDef::getName).toList();
  }
}
