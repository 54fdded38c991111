package io.stylegraph.backbone;

import io.stylegraph.error.ModelException;
import io.stylegraph.recipe.Pooling;
import io.stylegraph.recipe.Settings;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Replaces a network's max pools, each keeping its name, window, strides and padding. Where a
 * window sticks out over the edge (padding SAME), the mean is that of the part inside, and for
 * {@link Pooling#L2} the part outside counts as if it had the mean square of the part inside.
 */
final class Pools {
  /** Below this a window's mean square has no gradient: that of the root would be infinite. */
  private static final float LEAST = 1e-12f;

  private static final String MAX_POOL = "MaxPool";

  private Pools() {}

  /**
   * The network with other pools.
   *
   * @throws ModelException if there is a pool that cannot be replaced
   */
  static GraphDef replace(ModelFolder files, GraphDef network, Pooling pooling) {
    if (pooling == Pooling.MAX) {
      return network;
    }
    GraphDef.Builder changed = network.toBuilder().clearNode();
    for (NodeDef node : network.getNodeList()) {
      if (!node.getOp().startsWith(MAX_POOL)) {
        changed.addNode(node);
      } else if (node.getOp().equals(MAX_POOL) && !"EXPLICIT".equals(padding(node))) {
        changed.addAllNode(pooling == Pooling.L2 ? rootOfSquares(node) : mean(node));
      } else {
        throw files.refuse(
            "its op %s (%s) cannot become %s pooling; take pooling max"
                .formatted(node.getName(), node.getOp(), Settings.word(pooling)));
      }
    }
    return changed.build();
  }

  /** Refuses a pooling for a network that has nothing to replace. */
  static void require(ModelFolder files, GraphDef network, Pooling pooling) {
    if (pooling != Pooling.MAX && replace(files, network, pooling).equals(network)) {
      throw files.refuse(
          "has no max pools that could become %s pooling; take pooling max"
              .formatted(Settings.word(pooling)));
    }
  }

  private static List<NodeDef> mean(NodeDef pool) {
    String name = pool.getName() + "/";
    return List.of(
        average(pool, name + "mean", pool.getInput(0)),
        scalar(name + "rescale", Pooling.AVERAGE.rescale()),
        CanonicalOps.op("Mul", pool.getName(), name + "mean", name + "rescale"));
  }

  private static List<NodeDef> rootOfSquares(NodeDef pool) {
    String name = pool.getName() + "/";
    String input = pool.getInput(0);
    double window =
        pool.getAttrOrThrow("ksize").getList().getIList().stream().reduce(1L, Math::multiplyExact);
    List<NodeDef> nodes = new ArrayList<>();
    nodes.add(CanonicalOps.op("Mul", name + "squares", input, input));
    nodes.add(average(pool, name + "mean", name + "squares"));
    nodes.add(scalar(name + "least", LEAST));
    nodes.add(CanonicalOps.op("Maximum", name + "positive", name + "mean", name + "least"));
    nodes.add(CanonicalOps.op("Sqrt", name + "root", name + "positive"));
    nodes.add(scalar(name + "rescale", Pooling.L2.rescale() * Math.sqrt(window)));
    nodes.add(CanonicalOps.op("Mul", pool.getName(), name + "root", name + "rescale"));
    return nodes;
  }

  private static NodeDef average(NodeDef pool, String name, String input) {
    NodeDef.Builder average = CanonicalOps.op("AvgPool", name, input).toBuilder();
    for (String same : new String[] {"ksize", "strides", "padding", "data_format"}) {
      if (pool.containsAttr(same)) {
        average.putAttr(same, pool.getAttrOrThrow(same));
      }
    }
    return average.build();
  }

  private static NodeDef scalar(String name, double value) {
    return GraphDefs.constant(name, new float[] {(float) value});
  }

  private static String padding(NodeDef pool) {
    return pool.getAttrOrDefault("padding", AttrValue.getDefaultInstance()).getS().toStringUtf8();
  }
}
