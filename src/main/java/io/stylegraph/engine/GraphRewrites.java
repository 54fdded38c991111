package io.stylegraph.engine;

import static com.google.common.collect.ImmutableMultiset.toImmutableMultiset;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Maps;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.AttrValue.ListValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Changes that make a differentiated graph cheaper and leave what it computes as it is. */
final class GraphRewrites {
  /** The label under which oneDNN's kernels are registered. */
  private static final AttrValue ONE_DNN =
      AttrValue.newBuilder().setS(text("MklNameChangeOp")).build();

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
    return map(
        graph,
        node -> {
          String relu = node.getOp().equals("ReluGrad") ? reluOfInput.get(node.getInput(1)) : null;
          return relu == null ? node : node.toBuilder().setInput(1, relu).build();
        });
  }

  /**
   * Takes the gradient of a ReLU that is pooled before that of the pooling. Where the largest of a
   * window is not positive, none of it is, and the others of it get no gradient: the ReLU's
   * gradient of the pooled values does the same with a quarter of them, and no longer needs what
   * was pooled.
   */
  static GraphDef reluGradientsOfPooledValues(GraphDef graph) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    ImmutableMultiset<String> reads = reads(graph);
    Map<String, NodeDef> poolOfRelu = new HashMap<>();
    for (NodeDef relu : graph.getNodeList()) {
      inputOf(nodes, relu, "ReluGrad", "MaxPoolGrad")
          .filter(pool -> pool.getInput(0).equals(relu.getInput(1)))
          .filter(pool -> reads.count(pool.getName()) == 1)
          .ifPresent(pool -> poolOfRelu.put(relu.getName(), pool));
    }
    Map<String, String> reluOfPool = new HashMap<>();
    poolOfRelu.forEach((relu, pool) -> reluOfPool.put(pool.getName(), relu));
    return map(
        graph,
        node -> {
          NodeDef pool = poolOfRelu.get(node.getName());
          String relu = reluOfPool.get(node.getName());
          NodeDef.Builder changed = node.toBuilder();
          if (pool != null) {
            return changed.setInput(0, pool.getInput(2)).setInput(1, pool.getInput(1)).build();
          }
          if (relu != null) {
            return changed.setInput(2, relu).build();
          }
          for (int i = 0; i < node.getInputCount(); i++) {
            NodeDef after = poolOfRelu.get(node.getInput(i));
            changed.setInput(i, after == null ? node.getInput(i) : after.getName());
          }
          return changed.build();
        });
  }

  /**
   * Makes each max pooling and its gradient the ops that oneDNN has for them. Between the two they
   * keep one byte a pooled value, the place of the largest. The gradient's op takes the values that
   * were pooled as well but looks at their shape alone; it gets an empty tensor of that shape, so
   * that the values need not be held for it. Builds of TensorFlow without oneDNN refuse to import
   * the ops.
   */
  static GraphDef poolsWithPlaces(GraphDef graph) {
    Set<String> pooled =
        graph.getNodeList().stream()
            .filter(node -> node.getOp().equals("MaxPoolGrad"))
            .map(node -> node.getInput(1))
            .collect(Collectors.toSet());
    GraphDef.Builder changed = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      if (pooled.contains(node.getName())) {
        changed.addNode(oneDnnPool(node, "_MklNativeMaxPool").build());
      } else if (node.getOp().equals("MaxPoolGrad")) {
        NodeDef shape = shapeOf(node);
        NodeDef empty = emptyFor(node, shape);
        changed.addNode(shape).addNode(empty);
        changed.addNode(
            oneDnnPool(node, "_MklNativeMaxPoolGrad")
                .setInput(0, empty.getName())
                .addInput(node.getInput(1) + ":1"));
      } else {
        changed.addNode(node);
      }
    }
    return changed.build();
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
    ImmutableMultiset<String> reads = reads(graph);
    return map(
        graph,
        node ->
            inputOf(nodes, node, "Relu", "BiasAdd")
                .filter(bias -> reads.count(bias.getName()) == 1)
                .flatMap(
                    bias ->
                        inputOf(nodes, bias, "BiasAdd", "Conv2D")
                            .map(convolution -> fused(node, bias, convolution, "BiasAdd", "Relu")))
                .or(
                    () ->
                        inputOf(nodes, node, "BiasAdd", "Conv2D")
                            .filter(convolution -> reads.count(node.getName()) > 1)
                            .map(convolution -> fused(node, node, convolution, "BiasAdd")))
                .orElse(node));
  }

  private static GraphDef map(GraphDef graph, UnaryOperator<NodeDef> change) {
    GraphDef.Builder changed = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> changed.addNode(change.apply(node)));
    return changed.build();
  }

  private static ImmutableMultiset<String> reads(GraphDef graph) {
    return graph.getNodeList().stream()
        .flatMap(node -> node.getInputList().stream())
        .collect(toImmutableMultiset());
  }

  private static Optional<NodeDef> inputOf(
      Map<String, NodeDef> nodes, NodeDef node, String op, String inputOp) {
    return node.getOp().equals(op)
        ? Optional.ofNullable(nodes.get(node.getInput(0)))
            .filter(input -> input.getOp().equals(inputOp))
        : Optional.empty();
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
                convolution.getInputList().stream().filter(input -> input.startsWith("^")).toList());
    for (String same : new String[] {"T", "strides", "padding", "data_format", "dilations"}) {
      node.putAttr(same, convolution.getAttrOrThrow(same));
    }
    ListValue.Builder argumentTypes =
        ListValue.newBuilder().addType(convolution.getAttrOrThrow("T").getType());
    ListValue.Builder fusedOps = ListValue.newBuilder();
    for (String op : ops) {
      fusedOps.addS(text(op));
    }
    return node.putAttr("TArgs", AttrValue.newBuilder().setList(argumentTypes).build())
        .putAttr("num_args", AttrValue.newBuilder().setI(1).build())
        .putAttr("fused_ops", AttrValue.newBuilder().setList(fusedOps).build())
        .putAttr("is_filter_const", AttrValue.newBuilder().setB(true).build())
        .putAttr("_kernel", ONE_DNN)
        .build();
  }

  private static NodeDef.Builder oneDnnPool(NodeDef pool, String op) {
    return pool.toBuilder()
        .setOp(op)
        .putAttr("workspace_enabled", AttrValue.newBuilder().setB(true).build())
        .putAttr("_kernel", ONE_DNN);
  }

  private static NodeDef shapeOf(NodeDef poolGradient) {
    return NodeDef.newBuilder()
        .setName(poolGradient.getName() + "_shape")
        .setOp("Shape")
        .addInput(poolGradient.getInput(0))
        .putAttr("T", poolGradient.getAttrOrThrow("T"))
        .build();
  }

  /** Waits for what arrives at the gradient, since it takes as much memory as if it were full. */
  private static NodeDef emptyFor(NodeDef poolGradient, NodeDef shape) {
    return NodeDef.newBuilder()
        .setName(poolGradient.getName() + "_empty")
        .setOp("Empty")
        .addInput(shape.getName())
        .addInput("^" + poolGradient.getInput(2))
        .putAttr("dtype", poolGradient.getAttrOrThrow("T"))
        .build();
  }

  private static ByteString text(String value) {
    return ByteString.copyFromUtf8(value);
  }
}
