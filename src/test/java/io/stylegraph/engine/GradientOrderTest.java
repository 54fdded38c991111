package io.stylegraph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What the rewrites change; that they keep the numbers is for {@link RewrittenGradientTest}. */
class GradientOrderTest {
  private static final GraphDef PLAIN = built(Recipes.TF_EAGER);
  private static final GraphDef ORDERED = GradientOrder.deepestFirst(PLAIN);
  private static final GraphDef AGAIN = GradientOrder.firstConvolutionAgain(ORDERED);
  private static final String FIRST = "block1_conv1";

  @Test
  void the_gradient_of_a_gram_matrix_waits_for_the_one_that_it_is_added_to() {
    // Of the five style layers: block1..4_conv1 have convolutions behind them, block5_conv1 one.
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
    assertThat(GradientOrder.firstConvolutionAgain(graph)).isEqualTo(graph);
  }

  private static GraphDef built(Recipe recipe) {
    return GraphRewrites.reluGradientsFromOutputs(
        new StyleTransferGraph(
                Backbone.load(TinyModel.folder()),
                recipe,
                TinyModel.picture(32, 32, 1),
                TinyModel.picture(32, 32, 2))
            .definition());
  }

  /**
   * The products of features and a Gram matrix's gradient; the others of the gradient are unused.
   */
  private static List<NodeDef> grams(GraphDef graph) {
    List<String> used = List.copyOf(new Ancestry(graph).of("run/Identity_1"));
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
