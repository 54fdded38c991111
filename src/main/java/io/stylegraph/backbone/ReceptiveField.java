package io.stylegraph.backbone;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The square of pixels that one feature sees: a window of k features that lie j pixels apart adds
 * {@code (k - 1) j} to what each of them sees. The widest way through the network counts.
 */
final class ReceptiveField {
  private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2dNative");
  private static final Set<String> POOLS = Set.of("MaxPool", "AvgPool");
  private static final Set<String> PADS = Set.of("Pad", "PadV2", "MirrorPad");

  /**
   * Of one feature, the i-th of its row. Where how much is padded depends on the picture's size,
   * {@code before} and {@code after} are the most that it may be.
   *
   * @param side in pixels
   * @param jump pixels to the next one
   * @param before how far before pixel {@code i jump} it begins
   * @param after how far behind pixel {@code i jump} it ends
   */
  record Field(int side, int jump, int before, int after) {
    private static final Field NONE = new Field(0, 0, Integer.MIN_VALUE, Integer.MIN_VALUE);

    private Field or(Field other) {
      return new Field(
          Math.max(side, other.side),
          Math.max(jump, other.jump),
          Math.max(before, other.before),
          Math.max(after, other.after));
    }

    /** Behind what pads so many. */
    private Field padded(int most, int least) {
      return new Field(side, jump, before + most * jump, after - least * jump);
    }

    /** Of a window of so many that lie side by side. */
    private Field widened(int window, int stride) {
      int more = (window - 1) * jump;
      return new Field(side + more, jump * stride, before, after + more);
    }
  }

  private final ImmutableMap<String, NodeDef> nodes;
  private final Map<String, Field> fields = new HashMap<>();

  ReceptiveField(GraphDef graph, String picture) {
    nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    fields.put(picture, new Field(1, 1, 0, 0));
  }

  /** That of an op's features, in pixels. */
  static int of(GraphDef graph, String picture, String op) {
    return new ReceptiveField(graph, picture).field(op).side();
  }

  /** That of an op's features; of a jump of zero for what does not see the picture. */
  Field field(String op) {
    Field known = fields.get(op);
    if (known == null) {
      known = look(requireNonNull(nodes.get(op)));
      fields.put(op, known);
    }
    return known;
  }

  private Field look(NodeDef node) {
    Field seen =
        node.getInputList().stream()
            .map(input -> field(GraphDefs.opName(input)))
            .filter(field -> field.jump() > 0)
            .reduce(Field::or)
            .orElse(Field.NONE);
    if (seen.jump() == 0) {
      return seen;
    }
    if (PADS.contains(node.getOp())) {
      return constant(node.getInput(1))
          .map(paddings -> seen.padded(before(paddings, Math::max), before(paddings, Math::min)))
          .orElse(seen);
    }
    if (!(CONVOLUTIONS.contains(node.getOp()) || POOLS.contains(node.getOp()))) {
      return seen;
    }
    int window = window(node);
    int stride = list(node, "strides").get(1);
    return padded(node, seen, window, stride).widened(window, stride);
  }

  private static Field padded(NodeDef node, Field seen, int window, int stride) {
    return switch (node.getAttrOrThrow("padding").getS().toStringUtf8()) {
      case "SAME" ->
          seen.padded(
              (window - 1) / 2, Math.max(0, stride == 1 ? window - 1 : window - stride) / 2);
      case "EXPLICIT" -> {
        List<Integer> paddings = list(node, "explicit_paddings");
        yield seen.padded(before(paddings, Math::max), before(paddings, Math::min));
      }
      default -> seen;
    };
  }

  /** What is padded before rows and columns, given before and after each dimension in turn. */
  private static int before(List<Integer> paddings, IntBinaryOperator choice) {
    return choice.applyAsInt(paddings.get(2), paddings.get(4));
  }

  private Optional<List<Integer>> constant(String input) {
    NodeDef node = requireNonNull(nodes.get(GraphDefs.opName(input)));
    while (node.getOp().equals("Identity")) {
      node = requireNonNull(nodes.get(GraphDefs.opName(node.getInput(0))));
    }
    return node.getOp().equals("Const")
        ? Optional.of(
            Integers.of(node.getAttrOrThrow("value").getTensor()).stream()
                .map(Long::intValue)
                .toList())
        : Optional.empty();
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
