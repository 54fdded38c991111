package io.stylegraph.engine;

import com.google.common.collect.HashBiMap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Maps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Changes that free a gradient from the values before a max pooling. */
final class PoolGradients {
  private PoolGradients() {}

  /**
   * Takes the gradient of a pooled ReLU before that of the pooling. A pooling hands its gradient to
   * the largest value of a window alone, and the pooled value is that value: it tells as well
   * whether the ReLU lets the gradient through, for a quarter of the work.
   */
  static GraphDef afterRelus(GraphDef graph) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    ImmutableMultiset<String> reads = GraphEdits.reads(graph);
    Map<String, NodeDef> pools = new HashMap<>();
    for (NodeDef relu : graph.getNodeList()) {
      GraphEdits.inputOf(nodes, relu, "ReluGrad", "MaxPoolGrad")
          .filter(pool -> pool.getInput(0).equals(relu.getInput(1)))
          .filter(pool -> reads.count(pool.getName()) == 1)
          .ifPresent(pool -> pools.put(relu.getName(), pool));
    }
    HashBiMap<String, String> swapped =
        HashBiMap.create(Maps.transformValues(pools, NodeDef::getName));
    return GraphEdits.map(
        graph,
        node -> {
          NodeDef pool = pools.get(node.getName());
          if (pool != null) {
            return inputs(node, pool.getInput(2), pool.getInput(1));
          }
          String relu = swapped.inverse().get(node.getName());
          if (relu != null) {
            return inputs(node, node.getInput(0), node.getInput(1), relu);
          }
          return GraphEdits.mapInputs(node, input -> swapped.getOrDefault(input, input));
        });
  }

  /**
   * Makes each max pooling and its gradient the ops that oneDNN has for them. Between the two they
   * keep the place of the largest value, a byte a window. The gradient's op takes the values before
   * the pooling as well but looks at their shape alone: it gets an empty tensor of that shape, and
   * the values need not be held for it. Builds of TensorFlow without oneDNN refuse to import the
   * ops.
   */
  static GraphDef fromPlaces(GraphDef graph) {
    Set<String> pools =
        graph.getNodeList().stream()
            .filter(node -> node.getOp().equals("MaxPoolGrad"))
            .map(node -> node.getInput(1))
            .collect(Collectors.toSet());
    return GraphEdits.flatMap(
        graph,
        node -> {
          if (pools.contains(node.getName())) {
            return List.of(oneDnn(node, "_MklNativeMaxPool"));
          }
          return node.getOp().equals("MaxPoolGrad") ? fromPlaces(node) : List.of(node);
        });
  }

  private static List<NodeDef> fromPlaces(NodeDef gradient) {
    NodeDef shape =
        NodeDef.newBuilder()
            .setName(gradient.getName() + "_shape")
            .setOp("Shape")
            .addInput(gradient.getInput(0))
            .putAttr("T", gradient.getAttrOrThrow("T"))
            .build();
    NodeDef empty =
        NodeDef.newBuilder()
            .setName(gradient.getName() + "_empty")
            .setOp("Empty")
            .addInput(shape.getName())
            .putAttr("dtype", gradient.getAttrOrThrow("T"))
            .build();
    String arriving = gradient.getInput(2);
    return List.of(
        shape,
        // Not before it is needed: it takes its place in memory, empty or not.
        GraphEdits.waiting(empty, Set.of(arriving)),
        inputs(
            oneDnn(gradient, "_MklNativeMaxPoolGrad"),
            empty.getName(),
            gradient.getInput(1),
            arriving,
            gradient.getInput(1) + ":1"));
  }

  private static NodeDef oneDnn(NodeDef pool, String op) {
    return pool.toBuilder()
        .setOp(op)
        .putAttr("workspace_enabled", AttrValue.newBuilder().setB(true).build())
        .putAttr("_kernel", GraphEdits.ONE_DNN)
        .build();
  }

  private static NodeDef inputs(NodeDef node, String... inputs) {
    return node.toBuilder().clearInput().addAllInput(List.of(inputs)).build();
  }
}
