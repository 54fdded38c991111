package io.stylegraph.backbone;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The layers of a network without manifest, in its order. A layer's features are those of the last
 * op in its scope that other layers look at. Where that is an activation, what goes into it is the
 * layer's value before the activation; else both are the same. Only layers that have one feature
 * vector for each so many pixels count: what comes after pooling over the whole picture, or needs
 * the size that the network was trained on, is left aside. The second use of a shared layer is
 * called {@code conv-2}.
 */
final class NetworkLayers {
  private static final Set<String> ACTIVATIONS =
      Set.of(
          "Elu", "LeakyRelu", "Relu", "Relu6", "Selu", "Sigmoid", "Softplus", "Softsign", "Tanh");

  /** Sides that no kernel exceeds and that strides divide. */
  private static final int SIDE = 1024;

  private final GraphDef network;
  private final String picture;
  private final ImmutableMap<String, NodeDef> nodes;
  private final LayerNames names;
  private final Map<String, String> scopeOfOp = new LinkedHashMap<>();

  /**
   * Finds them.
   *
   * @param network without function calls; ops come after their inputs
   * @param picture its placeholder
   * @param first the op that the network sees: the picture after its preprocessing
   */
  NetworkLayers(GraphDef network, String picture, String first) {
    this.network = network;
    this.picture = picture;
    nodes = Maps.uniqueIndex(network.getNodeList(), NodeDef::getName);
    List<String> ops =
        network.getNodeList().stream()
            .map(NodeDef::getName)
            .filter(GradientPath.onPath(network, first)::contains)
            .filter(op -> !op.equals(first))
            .toList();
    names = new LayerNames(ops);
    ops.forEach(op -> scopeOfOp.put(op, names.scope(op)));
  }

  /** The layers, as a manifest lists them. */
  List<Manifest.Layer> find() {
    List<String> outputs = outputs();
    int usable = usable(outputs);
    List<String> found = outputs.subList(0, usable);
    Map<String, Shape> once = ShapeProbe.shapes(prune(found), picture, SIDE).orElse(Map.of());
    Map<String, Shape> twice = ShapeProbe.shapes(prune(found), picture, 2 * SIDE).orElse(Map.of());
    Map<String, Integer> uses = new HashMap<>();
    List<Manifest.Layer> layers = new ArrayList<>();
    for (String op : found) {
      Shape small = once.getOrDefault(op, Shape.unknown());
      Shape large = twice.getOrDefault(op, Shape.unknown());
      if (isPicture(small) && isPicture(large) && large.get(1) > small.get(1)) {
        String name = names.name(requireNonNull(scopeOfOp.get(op)));
        int use = uses.merge(name, 1, Integer::sum);
        layers.add(
            new Manifest.Layer(
                use == 1 ? name : name + "-" + use,
                op + ":0",
                preactivation(op) + ":0",
                (int) small.get(3),
                (int) Math.max(1, Math.round(SIDE / (double) (large.get(1) - small.get(1))))));
      }
    }
    return layers;
  }

  /** For each layer's scope the last op that is looked at from outside. */
  private List<String> outputs() {
    Set<String> seenOutside = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (NodeDef node : network.getNodeList()) {
      String scope = scopeOfOp.get(node.getName());
      for (String input : node.getInputList()) {
        String op = GraphDefs.opName(input);
        seen.add(op);
        if (scope != null && !scope.equals(scopeOfOp.get(op))) {
          seenOutside.add(op);
        }
      }
    }
    Map<String, String> last = new LinkedHashMap<>();
    scopeOfOp.forEach(
        (op, scope) -> {
          if (seenOutside.contains(op) || !seen.contains(op)) {
            last.remove(scope);
            last.put(scope, op);
          }
        });
    return List.copyOf(last.values());
  }

  /** How many of the layers, from the first, TensorFlow takes at any size. */
  private int usable(List<String> outputs) {
    int good = 0;
    int bad = outputs.size() + 1;
    int next = outputs.size();
    while (bad - good > 1) {
      if (takesAnySize(outputs.subList(0, next))) {
        good = next;
      } else {
        bad = next;
      }
      next = (good + bad) / 2;
    }
    return good;
  }

  private boolean takesAnySize(List<String> outputs) {
    GraphDef part = prune(outputs);
    return ShapeProbe.shapes(part, picture, SIDE).isPresent()
        && ShapeProbe.shapes(part, picture, 2 * SIDE).isPresent();
  }

  private GraphDef prune(List<String> outputs) {
    List<String> wanted = new ArrayList<>(outputs);
    wanted.add(picture);
    return GraphDefs.prune(network, wanted);
  }

  private String preactivation(String op) {
    NodeDef node = nodes.get(op);
    String before = node != null && ACTIVATIONS.contains(node.getOp()) ? node.getInput(0) : op;
    return before.contains(":") || !scopeOfOp.containsKey(before) ? op : before;
  }

  private static boolean isPicture(Shape shape) {
    return shape.numDimensions() == 4 && shape.get(1) > 0 && shape.get(2) > 0 && shape.get(3) > 0;
  }
}
