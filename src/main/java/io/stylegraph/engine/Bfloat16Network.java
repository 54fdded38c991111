package io.stylegraph.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Brings the network of a differentiated graph into bfloat16 and leaves the objective in float32.
 *
 * <p>In bfloat16: the convolutions with their biases, ReLUs and pooling, forward and backward, the
 * filters that they read, and the product that takes a Gram matrix's gradient back to the features.
 * In float32: the picture, the Gram matrices, every sum and mean of the losses, the targets, the
 * update, and the networks of the exact scopes.
 *
 * <p>TensorFlow's own rewriter for CPUs would also round the Gram matrices, to three digits, and
 * does nothing at all on a CPU without AVX-512. This one is the same on every device.
 *
 * <p>A tensor of the network keeps its name for a float32 copy of it, so that whoever reads it by
 * name sees float32; a copy that nobody reads is never made.
 */
final class Bfloat16Network {
  private static final Set<String> NETWORK =
      Set.of(
          "BiasAdd", "Conv2D", "Conv2DBackpropInput", "MaxPool", "MaxPoolGrad", "Relu", "ReluGrad");

  /** These compute in the type of what they are given. */
  private static final Set<String> FOLLOWERS =
      Set.of("AddN", "Identity", "Reshape", "Shape", "StopGradient");

  /** Before the name of an op that is waited for and not read. */
  private static final String CONTROL = "^";

  /** Where an op takes sizes beside its tensors: the input's index. */
  private static final Map<String, Integer> SIZES = Map.of("Conv2DBackpropInput", 0, "Reshape", 1);

  private final GraphDef.Builder result;
  private final Set<String> exactScopes;
  private final Set<String> converted = new HashSet<>();
  private final Set<String> rounded = new HashSet<>();

  private Bfloat16Network(GraphDef graph, Set<String> exactScopes) {
    this.exactScopes = exactScopes;
    result = graph.toBuilder().clearNode();
    GraphEdits.inOrder(graph).getNodeList().forEach(this::add);
  }

  /**
   * The graph in bfloat16.
   *
   * @param exactScopes of networks that stay as they are
   */
  static GraphDef of(GraphDef graph, Set<String> exactScopes) {
    return new Bfloat16Network(graph, exactScopes).result.build();
  }

  private void add(NodeDef node) {
    if (!belongs(node)) {
      result.addNode(GraphEdits.mapInputs(node, this::waitedFor));
      return;
    }
    NodeDef.Builder changed =
        node.toBuilder().clearInput().putAttr("T", type(DataType.DT_BFLOAT16));
    for (int i = 0; i < node.getInputCount(); i++) {
      boolean size = Integer.valueOf(i).equals(SIZES.get(node.getOp()));
      changed.addInput(size ? node.getInput(i) : inBfloat16(node.getInput(i)));
    }
    if (node.getOp().equals("Shape")) {
      result.addNode(changed);
      return;
    }
    changed.setName(bfloat16Name(node.getName()));
    converted.add(node.getName());
    result.addNode(changed);
    result.addNode(
        cast(node.getName(), changed.getName(), DataType.DT_BFLOAT16, DataType.DT_FLOAT));
  }

  private boolean belongs(NodeDef node) {
    String op = node.getOp();
    if (NETWORK.contains(op)) {
      return exactScopes.stream().noneMatch(scope -> node.getName().startsWith(scope + "/"));
    }
    // The gradient of a Gram matrix is half a feature's: it goes on into the network.
    boolean follows = FOLLOWERS.contains(op) || (op.equals("MatMul") && Ancestry.isGradient(node));
    return follows && node.getInputList().stream().anyMatch(converted::contains);
  }

  private String inBfloat16(String input) {
    if (input.startsWith(CONTROL)) {
      return waitedFor(input);
    }
    if (!converted.contains(input) && rounded.add(input)) {
      result.addNode(cast(bfloat16Name(input), input, DataType.DT_FLOAT, DataType.DT_BFLOAT16));
    }
    return bfloat16Name(input);
  }

  /** A control dependency waits for the tensor itself, not for its copy. */
  private String waitedFor(String input) {
    boolean copied = input.startsWith(CONTROL) && converted.contains(input.substring(1));
    return copied ? bfloat16Name(input) : input;
  }

  private static String bfloat16Name(String tensor) {
    return tensor + "/bfloat16";
  }

  private static NodeDef cast(String name, String input, DataType from, DataType to) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Cast")
        .addInput(input)
        .putAttr("SrcT", type(from))
        .putAttr("DstT", type(to))
        .build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
