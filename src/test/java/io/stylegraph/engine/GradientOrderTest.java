package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyKeras;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.ModelInput;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What the rewrites change; that they keep the numbers is for {@link RewrittenGradientTest}. */
class GradientOrderTest {
  private static final GraphDef PLAIN = built(Recipes.TF_EAGER);
  private static final String GRADIENT = TinyGraph.built(Recipes.TF_EAGER, false).ops().gradient();
  private static final GraphDef ORDERED = GradientOrder.deepestFirst(PLAIN);

  @Test
  void the_gradient_of_a_gram_matrix_waits_for_the_one_that_it_is_added_to() {
    assertThat(grams(PLAIN)).hasSize(5);
    for (NodeDef gram : grams(PLAIN)) {
      assertThat(convolutionsBefore(PLAIN, gram)).isEmpty();
    }
    assertThat(grams(ORDERED))
        .extracting(gram -> convolutionsBefore(ORDERED, gram).size())
        .containsExactlyInAnyOrder(
            convolutionsAfter("block1_conv1"),
            convolutionsAfter("block2_conv1"),
            convolutionsAfter("block3_conv1"),
            convolutionsAfter("block4_conv1"),
            convolutionsAfter("block5_conv1"));
  }

  @Test
  void the_gradient_of_the_total_variation_comes_last() {
    Ancestry ancestry = new Ancestry(ORDERED);
    assertThat(of(ORDERED, "Pad")).isNotEmpty();
    for (NodeDef pad : of(ORDERED, "Pad")) {
      assertThat(ancestry.of(pad.getName())).containsAll(names(of(ORDERED, "Conv2DBackpropInput")));
    }
  }

  /** On two branches each sum's part may come before the other's. */
  @ParameterizedTest
  @ValueSource(strings = {"export", "save"})
  void no_op_waits_for_itself_in_a_network_with_branches(String way) {
    Recipe recipe =
        Recipes.TF_EAGER.toBuilder()
            .styleLayers(List.of(new LayerWeight("depthwise", 1), new LayerWeight("sum", 1)))
            .contentLayers(List.of(new LayerWeight("conv", 1)))
            .build();
    Backbone backbone = Backbone.load(TinyKeras.folder(way), ModelInput.UNIT);
    GraphDef ordered =
        GradientOrder.deepestFirst(
            new ObjectiveGraph(backbone, recipe, 0, false, false).definition());
    Ancestry ancestry = new Ancestry(ordered);
    assertThat(ordered.getNodeList())
        .allSatisfy(node -> assertThat(ancestry.of(node.getName())).doesNotContain(node.getName()));
  }

  private static GraphDef built(Recipe recipe) {
    return GraphRewrites.reluGradientsFromOutputs(TinyGraph.of(recipe));
  }

  /**
   * The products of features and a Gram matrix's gradient; the others of the gradient are unused.
   */
  private static List<NodeDef> grams(GraphDef graph) {
    List<String> used = List.copyOf(new Ancestry(graph).of(GRADIENT));
    return of(graph, "MatMul").stream().filter(node -> used.contains(node.getName())).toList();
  }

  private static List<String> convolutionsBefore(GraphDef graph, NodeDef node) {
    Ancestry ancestry = new Ancestry(graph);
    return ancestry.of(node.getName()).stream()
        .filter(name -> ancestry.node(name).getOp().equals("Conv2DBackpropInput"))
        .toList();
  }

  private static int convolutionsAfter(String layer) {
    Ancestry ancestry = new Ancestry(PLAIN);
    return (int)
        ancestry.of("block5_conv2").stream()
            .filter(name -> ancestry.node(name).getOp().equals("Conv2D"))
            .filter(name -> ancestry.of(name).contains(layer))
            .count();
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
