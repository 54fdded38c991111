package io.stylegraph.engine;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Maps;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.AttrValue.ListValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Changes that make a differentiated graph cheaper and leave what it computes as it is. */
final class GraphRewrites {
  private GraphRewrites() {}

  /**
   * Lets the gradient of a ReLU look at the ReLU's output instead of its input: both are positive
   * at the same places. TensorFlow's symbolic gradient takes the input, which keeps every
   * convolution's result alive beside its ReLU's and forbids computing both at once.
   */
  static GraphDef reluGradientsFromOutputs(GraphDef graph) {
    Map<String, String> reluOfInput = new HashMap<>();
    graph.getNodeList().stream()
        .filter(node -> node.getOp().equals("Relu"))
        .forEach(relu -> reluOfInput.put(relu.getInput(0), relu.getName()));
    return GraphEdits.map(
        graph,
        node -> {
          String relu = node.getOp().equals("ReluGrad") ? reluOfInput.get(node.getInput(1)) : null;
          return relu == null ? node : node.toBuilder().setInput(1, relu).build();
        });
  }

  /**
   * Makes each convolution with its bias and ReLU the one op that oneDNN has for the three, and
   * tells that op that its filter is constant. oneDNN then brings the filter into its own layout
   * once; TensorFlow's own rewrite would do so for constants in the graph alone, which cost twice
   * the memory. Where something else reads the value before the ReLU, the ReLU stays an op of its
   * own. Builds of TensorFlow without oneDNN refuse to import the op. The filter is a variable that
   * is set before the first convolution and never again.
   */
  static GraphDef convolutionsWithCachedFilters(GraphDef graph) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    ImmutableMultiset<String> reads = GraphEdits.reads(graph);
    return GraphEdits.map(
        graph,
        node ->
            GraphEdits.inputOf(nodes, node, "Relu", "BiasAdd")
                .filter(bias -> reads.count(bias.getName()) == 1)
                .flatMap(
                    bias ->
                        GraphEdits.inputOf(nodes, bias, "BiasAdd", "Conv2D")
                            .map(convolution -> fused(node, bias, convolution, "BiasAdd", "Relu")))
                .or(
                    () ->
                        GraphEdits.inputOf(nodes, node, "BiasAdd", "Conv2D")
                            .filter(convolution -> reads.count(node.getName()) > 1)
                            .map(convolution -> fused(node, node, convolution, "BiasAdd")))
                .orElse(node));
  }

  private static NodeDef fused(NodeDef last, NodeDef bias, NodeDef convolution, String... ops) {
    NodeDef.Builder node =
        NodeDef.newBuilder()
            .setName(last.getName())
            .setOp("_MklNativeFusedConv2D")
            .addInput(convolution.getInput(0))
            .addInput(convolution.getInput(1))
            .addInput(bias.getInput(1))
            .addAllInput(
                convolution.getInputList().stream()
                    .filter(input -> input.startsWith("^"))
                    .toList());
    for (String same : new String[] {"T", "strides", "padding", "data_format", "dilations"}) {
      node.putAttr(same, convolution.getAttrOrThrow(same));
    }
    ListValue.Builder argumentTypes =
        ListValue.newBuilder().addType(convolution.getAttrOrThrow("T").getType());
    ListValue.Builder fusedOps = ListValue.newBuilder();
    for (String op : ops) {
      fusedOps.addS(GraphEdits.text(op));
    }
    return node.putAttr("TArgs", AttrValue.newBuilder().setList(argumentTypes).build())
        .putAttr("num_args", AttrValue.newBuilder().setI(1).build())
        .putAttr("fused_ops", AttrValue.newBuilder().setList(fusedOps).build())
        .putAttr("is_filter_const", AttrValue.newBuilder().setB(true).build())
        .putAttr("_kernel", GraphEdits.ONE_DNN)
        .build();
  }
}
