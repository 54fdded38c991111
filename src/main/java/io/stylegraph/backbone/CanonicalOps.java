package io.stylegraph.backbone;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Writes what Keras's versions write in several ways as the engine knows it. */
final class CanonicalOps {
  private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2dNative");

  private CanonicalOps() {}

  /** The same network, in which a convolution's bias and inference's batch norm have one form. */
  static GraphDef of(GraphDef graph) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    GraphDef.Builder written = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      if (isInferredBatchNorm(node)) {
        batchNorm(node).forEach(written::addNode);
      } else {
        written.addNode(bias(nodes, node).map(it -> biasAdd(node, it)).orElse(node));
      }
    }
    return written.build();
  }

  /** The bias that an addition adds to a convolution's channels, as [channels]. */
  private static Optional<String> bias(ImmutableMap<String, NodeDef> nodes, NodeDef node) {
    if (!Set.of("Add", "AddV2").contains(node.getOp())
        || !is(nodes, node.getInput(0), CONVOLUTIONS)
        || !is(nodes, node.getInput(1), Set.of("Reshape"))) {
      return Optional.empty();
    }
    String vector = requireNonNull(nodes.get(node.getInput(1))).getInput(0);
    return Optional.of(vector)
        .filter(it -> is(nodes, it, Set.of("ReadVariableOp")))
        .map(it -> nodes.get(requireNonNull(nodes.get(it)).getInput(0)))
        .filter(variable -> variable.getAttrOrThrow("shape").getShape().getDimCount() == 1)
        .map(variable -> vector);
  }

  private static boolean is(ImmutableMap<String, NodeDef> nodes, String input, Set<String> ops) {
    NodeDef node = nodes.get(input);
    return node != null && ops.contains(node.getOp());
  }

  private static NodeDef biasAdd(NodeDef sum, String bias) {
    return sum.toBuilder().setOp("BiasAdd").setInput(1, bias).build();
  }

  /** One whose other outputs, which training alone looks at, may be left out. */
  private static boolean isInferredBatchNorm(NodeDef node) {
    return node.getOp().equals("FusedBatchNormV3")
        && !node.getAttrOrDefault("is_training", AttrValue.newBuilder().setB(true).build()).getB();
  }

  /** {@code x s + (offset - mean s)}, {@code s = scale / sqrt(variance + epsilon)}. */
  private static List<NodeDef> batchNorm(NodeDef node) {
    String name = node.getName() + "/";
    List<String> in = node.getInputList();
    float epsilon = node.getAttrOrThrow("epsilon").getF();
    return List.of(
        GraphDefs.constant(name + "epsilon", new float[] {epsilon}),
        op("AddV2", name + "widened", in.get(4), name + "epsilon"),
        op("Rsqrt", name + "inverse", name + "widened"),
        op("Mul", name + "scale", in.get(1), name + "inverse"),
        op("Mul", name + "shifted_mean", in.get(3), name + "scale"),
        op("Sub", name + "offset", in.get(2), name + "shifted_mean"),
        op("Mul", name + "scaled", in.get(0), name + "scale"),
        op("AddV2", node.getName(), name + "scaled", name + "offset"));
  }

  static NodeDef op(String type, String name, String... inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(type)
        .addAllInput(List.of(inputs))
        .putAttr("T", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
        .build();
  }
}
