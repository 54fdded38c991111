package io.stylegraph.backbone;

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

/** Finds where a network may be cut: the first such place of each stride. */
final class CutSearch {
  /** Ops each of whose results depends on nearby values alone, in the same way at every place. */
  private static final Set<String> LOCAL =
      Set.of(
          "Abs",
          "Add",
          "AddN",
          "AddV2",
          "AvgPool",
          "BiasAdd",
          "ClipByValue",
          "Conv2D",
          "DepthwiseConv2dNative",
          "Div",
          "Elu",
          "Erf",
          "Exp",
          "FusedBatchNormV3",
          "Identity",
          "LeakyRelu",
          "Log1p",
          "MaxPool",
          "Maximum",
          "Minimum",
          "MirrorPad",
          "Mul",
          "Neg",
          "Pad",
          "PadV2",
          "RealDiv",
          "Relu",
          "Relu6",
          "Rsqrt",
          "Selu",
          "Sigmoid",
          "Softplus",
          "Softsign",
          "Sqrt",
          "SquaredDifference",
          "Sub",
          "Tanh");

  /** Ops that are local where they work on channels. */
  private static final Map<String, Integer> OF_AN_AXIS = Map.of("ReverseV2", 1, "ConcatV2", -1);

  private static final Set<Long> CHANNELS = Set.of(3L, -1L);
  private static final AttrValue NOTHING = AttrValue.getDefaultInstance();

  private final GraphDef network;
  private final String picture;
  private final Map<String, String> layers;
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Set<String> onPath;

  /** Computed of all of the picture, by way of an op that is not local. */
  private final Set<String> global = new HashSet<>();

  private CutSearch(GraphDef network, String picture, Map<String, String> layers) {
    this.network = network;
    this.picture = picture;
    this.layers = layers;
    onPath = GradientPath.onPath(network, picture);
    for (NodeDef node : network.getNodeList()) {
      nodes.put(node.getName(), node);
      boolean follows =
          node.getInputList().stream().map(GraphDefs::opName).anyMatch(global::contains);
      boolean looks = onPath.contains(node.getName()) && !node.getName().equals(picture);
      if (looks && (follows || !isLocal(node))) {
        global.add(node.getName());
      }
    }
  }

  /**
   * The places, from the picture on; the last may be the one behind everything.
   *
   * @param network whose ops come after their inputs
   * @param picture its placeholder
   * @param layers the ops of the layers that are looked at, by layer
   */
  static List<NetworkCut> of(GraphDef network, String picture, Map<String, String> layers) {
    return new CutSearch(network, picture, layers).search();
  }

  private List<NetworkCut> search() {
    ReceptiveField seen = new ReceptiveField(network, picture);
    List<NetworkCut> cuts = new ArrayList<>();
    int stride = 1;
    for (NodeDef node : network.getNodeList()) {
      String op = node.getName();
      if (onPath.contains(op) && !global.contains(op) && seen.field(op).jump() > stride) {
        Optional<NetworkCut> cut = at(op);
        if (cut.isPresent()) {
          cuts.add(cut.get());
          stride = seen.field(op).jump();
        }
      }
    }
    if (layers.values().stream().noneMatch(global::contains)) {
      cuts.add(new NetworkCut(network, picture, Optional.empty(), layers, Map.of()));
    }
    return List.copyOf(cuts);
  }

  private Optional<NetworkCut> at(String op) {
    Set<String> behind = GradientPath.onPath(network, op);
    Map<String, String> deep = new HashMap<>(layers);
    deep.values().retainAll(behind);
    Map<String, String> shallow = new HashMap<>(layers);
    shallow.values().removeAll(behind);
    if (deep.isEmpty() || shallow.values().stream().anyMatch(global::contains)) {
      return Optional.empty();
    }
    return Optional.of(new NetworkCut(network, picture, Optional.of(op), shallow, deep))
        .filter(NetworkCut::parts);
  }

  private boolean isLocal(NodeDef node) {
    Integer axis = OF_AN_AXIS.get(node.getOp());
    if (axis != null) {
      NodeDef given =
          nodes.get(GraphDefs.opName(node.getInput(axis < 0 ? node.getInputCount() + axis : axis)));
      return given != null
          && given.getOp().equals("Const")
          && CHANNELS.containsAll(Integers.of(given.getAttrOrThrow("value").getTensor()));
    }
    return LOCAL.contains(node.getOp())
        && !"NCHW".equals(node.getAttrOrDefault("data_format", NOTHING).getS().toStringUtf8());
  }
}
