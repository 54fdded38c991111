package io.stylegraph.backbone;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The side of the square of pixels that one feature sees: a window of k features that lie j pixels
 * apart adds {@code (k - 1) j} to what each of them sees. The widest way through the network
 * counts.
 */
final class ReceptiveField {
  private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2dNative");
  private static final Set<String> POOLS = Set.of("MaxPool", "AvgPool");

  /**
   * Of one feature.
   *
   * @param side in pixels
   * @param jump pixels to the next one
   */
  private record Field(int side, int jump) {}

  private final ImmutableMap<String, NodeDef> nodes;
  private final Map<String, Field> fields = new HashMap<>();

  private ReceptiveField(GraphDef graph, String picture) {
    nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    fields.put(picture, new Field(1, 1));
  }

  /** That of an op's features, in pixels. */
  static int of(GraphDef graph, String picture, String op) {
    return new ReceptiveField(graph, picture).field(op).side();
  }

  private Field field(String op) {
    Field known = fields.get(op);
    if (known == null) {
      known = look(requireNonNull(nodes.get(op)));
      fields.put(op, known);
    }
    return known;
  }

  private Field look(NodeDef node) {
    int side = 0;
    int jump = 0;
    for (String input : node.getInputList()) {
      Field seen = field(GraphDefs.opName(input));
      side = Math.max(side, seen.side());
      jump = Math.max(jump, seen.jump());
    }
    if (jump == 0 || !(CONVOLUTIONS.contains(node.getOp()) || POOLS.contains(node.getOp()))) {
      return new Field(side, jump);
    }
    return new Field(side + (window(node) - 1) * jump, jump * list(node, "strides").get(1));
  }

  private int window(NodeDef node) {
    if (POOLS.contains(node.getOp())) {
      return list(node, "ksize").get(1);
    }
    int dilation = node.containsAttr("dilations") ? list(node, "dilations").get(1) : 1;
    return 1 + (kernel(node.getInput(1)) - 1) * dilation;
  }

  /** The side of the kernel that is read from a variable; 1 where it is computed. */
  private int kernel(String weights) {
    NodeDef node = requireNonNull(nodes.get(GraphDefs.opName(weights)));
    if (node.getOp().equals("VarHandleOp")) {
      return (int) node.getAttrOrThrow("shape").getShape().getDim(0).getSize();
    }
    return node.getInputCount() == 0 ? 1 : kernel(node.getInput(0));
  }

  private static List<Integer> list(NodeDef node, String attribute) {
    return node.getAttrOrThrow(attribute).getList().getIList().stream()
        .map(Long::intValue)
        .toList();
  }
}
