package io.stylegraph.backbone;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto.Dim;

/**
 * What a layer is made of: the ops between it and the layers before it.
 *
 * @param name the layer's
 * @param op the type of its convolution, or of its last op
 * @param parameters how many numbers its weights are
 */
public record LayerFacts(String name, String op, long parameters) {
  /** The facts of each layer, in their order. */
  static List<LayerFacts> of(GraphDef network, String picture, List<Manifest.Layer> layers) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(network.getNodeList(), NodeDef::getName);
    Set<String> before = new HashSet<>(Set.of(picture));
    List<LayerFacts> facts = new ArrayList<>();
    for (Manifest.Layer layer : layers) {
      String op = GraphDefs.opName(layer.tensor());
      List<NodeDef> own =
          GraphDefs.ancestors(nodes, List.of(op), it -> !before.contains(it)).stream()
              .map(nodes::get)
              .toList();
      facts.add(new LayerFacts(layer.name(), kind(own), parameters(own)));
      before.add(op);
    }
    return facts;
  }

  private static String kind(List<NodeDef> ops) {
    return ops.stream()
        .map(NodeDef::getOp)
        .filter(op -> op.contains("Conv2"))
        .findFirst()
        .orElse(ops.get(0).getOp());
  }

  /** The size of the variables among ops. */
  static long parameters(List<NodeDef> ops) {
    return ops.stream()
        .filter(node -> node.getOp().equals("VarHandleOp"))
        .mapToLong(
            variable ->
                variable.getAttrOrThrow("shape").getShape().getDimList().stream()
                    .mapToLong(Dim::getSize)
                    .reduce(1, Math::multiplyExact))
        .sum();
  }
}
