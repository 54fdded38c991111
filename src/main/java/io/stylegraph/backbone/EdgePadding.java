package io.stylegraph.backbone;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.protobuf.ByteString;
import io.stylegraph.error.ModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TensorShapeProto.Dim;

/**
 * Lets a network's first convolutions, those that no other comes before, see the edge's pixels
 * again beyond the edge, where they would see zeros. What they pad becomes ops of its own, as wide.
 */
final class EdgePadding {
  private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2dNative");
  private static final Set<String> PADS = Set.of("Pad", "PadV2");
  private static final Set<String> SAME_VALUE = Set.of("Identity", "ReadVariableOp");
  private static final AttrValue NOTHING = AttrValue.getDefaultInstance();

  private final ModelFolder files;
  private final GraphDef network;
  private final ImmutableMap<String, NodeDef> nodes;

  /** What stands in the place of an op. */
  private final Map<String, List<NodeDef>> replaced = new HashMap<>();

  private EdgePadding(ModelFolder files, GraphDef network) {
    this.files = files;
    this.network = network;
    nodes = Maps.uniqueIndex(network.getNodeList(), NodeDef::getName);
  }

  /**
   * The network with other edges. One whose first convolution does not pad stays as it is.
   *
   * @param network whose ops come after their inputs
   * @param picture its placeholder
   * @throws ModelException if how wide it pads depends on the picture's size, or is not known
   */
  static GraphDef replicate(ModelFolder files, GraphDef network, String picture) {
    EdgePadding padding = new EdgePadding(files, network);
    padding.first(picture).forEach(padding::change);
    GraphDef.Builder changed = network.toBuilder().clearNode();
    for (NodeDef node : network.getNodeList()) {
      changed.addAllNode(padding.replaced.getOrDefault(node.getName(), List.of(node)));
    }
    return changed.build();
  }

  private List<NodeDef> first(String picture) {
    Set<String> onPath = GradientPath.onPath(network, picture);
    Set<String> behind = new HashSet<>();
    List<NodeDef> first = new ArrayList<>();
    for (NodeDef node : network.getNodeList()) {
      boolean isBehind =
          node.getInputList().stream().map(GraphDefs::opName).anyMatch(behind::contains);
      boolean isConvolution =
          CONVOLUTIONS.contains(node.getOp()) && onPath.contains(node.getName());
      if (isConvolution && !isBehind) {
        first.add(node);
      }
      if (isConvolution || isBehind) {
        behind.add(node.getName());
      }
    }
    return first;
  }

  private void change(NodeDef convolution) {
    switch (text(convolution, "padding")) {
      case "SAME" -> pad(convolution, same(convolution));
      case "EXPLICIT" -> pad(convolution, numbers(convolution, "explicit_paddings"));
      default ->
          origin(convolution.getInput(0), Set.of("Identity"))
              .filter(node -> PADS.contains(node.getOp()))
              .ifPresent(this::changePad);
    }
  }

  private void pad(NodeDef convolution, List<Long> paddings) {
    String edged = convolution.getName() + "/edged";
    List<NodeDef> ops = new ArrayList<>(Mirrors.ops(edged, convolution.getInput(0), paddings));
    ops.add(
        convolution.toBuilder()
            .setInput(0, edged)
            .putAttr(
                "padding", AttrValue.newBuilder().setS(ByteString.copyFromUtf8("VALID")).build())
            .removeAttr("explicit_paddings")
            .build());
    replaced.put(convolution.getName(), ops);
  }

  private void changePad(NodeDef pad) {
    List<Long> paddings =
        origin(pad.getInput(1), Set.of("Identity"))
            .filter(node -> node.getOp().equals("Const"))
            .map(node -> Integers.of(node.getAttrOrThrow("value").getTensor()))
            .orElseThrow(() -> refuse(pad, "pads by what is computed"));
    replaced.put(pad.getName(), Mirrors.ops(pad.getName(), pad.getInput(0), paddings));
  }

  /** What a convolution that keeps the size pads, before and after, of each dimension in turn. */
  private List<Long> same(NodeDef convolution) {
    if ("NCHW".equals(text(convolution, "data_format"))) {
      throw refuse(convolution, "takes the channels first");
    }
    List<Dim> kernel =
        origin(convolution.getInput(1), SAME_VALUE)
            .map(EdgePadding::shape)
            .filter(shape -> shape.getDimCount() == 4)
            .orElseThrow(() -> refuse(convolution, "has a kernel of unknown size"))
            .getDimList();
    List<Long> dilations = numbers(convolution, "dilations");
    List<Long> paddings = new ArrayList<>(List.of(0L, 0L));
    for (int side = 1; side <= 2; side++) {
      if (numbers(convolution, "strides").get(side) != 1) {
        throw refuse(convolution, "has a stride and pads by the picture's size");
      }
      long reach =
          (kernel.get(side - 1).getSize() - 1) * (dilations.isEmpty() ? 1 : dilations.get(side));
      paddings.addAll(List.of(reach / 2, reach - reach / 2));
    }
    paddings.addAll(List.of(0L, 0L));
    return paddings;
  }

  /** The op whose value an input is. */
  private Optional<NodeDef> origin(String input, Set<String> through) {
    NodeDef node = nodes.get(input);
    while (node != null && through.contains(node.getOp())) {
      node = nodes.get(node.getInput(0));
    }
    return Optional.ofNullable(node);
  }

  private static TensorShapeProto shape(NodeDef weights) {
    return weights.containsAttr("value")
        ? weights.getAttrOrThrow("value").getTensor().getTensorShape()
        : weights.getAttrOrDefault("shape", NOTHING).getShape();
  }

  private ModelException refuse(NodeDef op, String problem) {
    return files.refuse(
        "its op %s (%s) %s, so that it cannot see the edge again; take padding zero"
            .formatted(op.getName(), op.getOp(), problem));
  }

  private static String text(NodeDef node, String attribute) {
    return node.getAttrOrDefault(attribute, NOTHING).getS().toStringUtf8();
  }

  private static List<Long> numbers(NodeDef node, String attribute) {
    return node.getAttrOrDefault(attribute, NOTHING).getList().getIList();
  }
}
