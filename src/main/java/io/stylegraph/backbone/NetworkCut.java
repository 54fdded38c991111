package io.stylegraph.backbone;

import static java.util.Objects.requireNonNull;

import io.stylegraph.recipe.PixelSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * A network in two parts: the shallow one sees nothing but what is near, so that it may look at a
 * picture in tiles; the deep one begins with the result of one op, through which all that it knows
 * of the picture goes. Without such an op all of the network is shallow.
 */
public final class NetworkCut {
  /** What the op's result is called among the features. */
  public static final String FEATURES = "(cut)";

  private final GraphDef shallow;
  private final GraphDef deep;
  private final String picture;
  private final Optional<String> op;
  private final Map<String, String> shallowOps;
  private final Map<String, String> deepOps;
  private final Map<String, Integer> channels;
  private final Map<String, ReceptiveField.Field> fields = new HashMap<>();

  /**
   * Parts a network.
   *
   * @param network whose ops come after their inputs
   * @param picture its placeholder
   * @param op where the deep part begins, if there is one
   * @param shallowOps the ops of the layers before it, by layer
   * @param deepOps likewise of those behind
   */
  NetworkCut(
      GraphDef network,
      String picture,
      Optional<String> op,
      Map<String, String> shallowOps,
      Map<String, String> deepOps) {
    this.picture = picture;
    this.op = op;
    this.shallowOps = new HashMap<>(shallowOps);
    op.ifPresent(it -> this.shallowOps.put(FEATURES, it));
    this.deepOps = Map.copyOf(deepOps);
    List<String> kept = new ArrayList<>(this.shallowOps.values());
    kept.add(picture);
    shallow = GraphDefs.prune(network, kept);
    channels = channels();
    deep =
        op.map(it -> GraphDefs.prune(GraphDefs.begin(network, it, shape()), deepOps.values()))
            .orElseGet(GraphDef::getDefaultInstance);
    ReceptiveField seen = new ReceptiveField(shallow, picture);
    this.shallowOps.forEach((layer, it) -> fields.put(layer, seen.field(it)));
  }

  private Map<String, Integer> channels() {
    try (Graph graph = new Graph()) {
      graph.importGraphDef(GraphDefs.fixShape(shallow, picture, Backbone.ANY_SIZE));
      Map<String, Integer> all = new HashMap<>();
      shallowOps.forEach((layer, it) -> all.put(layer, (int) output(graph, it).shape().get(3)));
      return all;
    }
  }

  private Shape shape() {
    return Shape.of(1, Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, channels(FEATURES));
  }

  /** Whether the deep part sees the picture through the op alone. */
  boolean parts() {
    return deep.getNodeList().stream().noneMatch(node -> node.getName().equals(picture));
  }

  /** The op that the deep part begins with. */
  public Optional<String> op() {
    return op;
  }

  /** The layers of the shallow part. */
  public Set<String> shallowLayers() {
    return shallowOps.keySet().stream()
        .filter(it -> !it.equals(FEATURES))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those of the deep part. */
  public Set<String> deepLayers() {
    return deepOps.keySet();
  }

  /** How many numbers the deep part gets for each pixel. */
  public double numbersPerPixel() {
    return op.isEmpty() ? 0 : channels(FEATURES) / Math.pow(field(FEATURES).jump(), 2);
  }

  /** How many channels a shallow layer has, or {@link #FEATURES}. */
  public int channels(String layer) {
    return requireNonNull(channels.get(layer), layer);
  }

  /** Pixels of which tiles must begin at multiples. */
  public int stride() {
    return fields.values().stream().mapToInt(ReceptiveField.Field::jump).max().orElse(1);
  }

  /** How many pixels before its own place a feature sees, at most. */
  public int before() {
    return fields.values().stream().mapToInt(it -> it.before()).max().orElse(0);
  }

  /** How many pixels behind its own place, which is as wide as its stride, it sees, at most. */
  public int after() {
    return fields.values().stream().mapToInt(it -> it.after() + 1 - it.jump()).max().orElse(0);
  }

  /** Where the shallow layers' features, and {@link #FEATURES}, lie in a picture, by name. */
  public Map<String, FeatureGrid> grids(int width, int height) {
    Map<String, Shape> shapes = ShapeProbe.shapes(shallow, picture, width, height).orElseThrow();
    Map<String, FeatureGrid> grids = new HashMap<>();
    shallowOps.forEach(
        (layer, it) -> {
          Shape shape = requireNonNull(shapes.get(it));
          ReceptiveField.Field field = field(layer);
          grids.put(
              layer,
              new FeatureGrid((int) shape.get(2), (int) shape.get(1), field.jump(), field.side()));
        });
    return grids;
  }

  private ReceptiveField.Field field(String layer) {
    return requireNonNull(fields.get(layer), layer);
  }

  /** Adds the shallow part to a graph, looking at a placeholder of any size in a pixel space. */
  public Features importShallow(Graph target, PixelSpace pixels) {
    String pixelsOp = Backbone.PIXELS;
    target.importGraphDef(
        GraphDefs.joinPixels(shallow, picture, pixelsOp, Backbone.ANY_SIZE, pixels));
    return features(target, pixelsOp, shallowOps);
  }

  /** Adds the deep part, looking at a placeholder of the op's result; there must be one. */
  public Features importDeep(Graph target) {
    target.importGraphDef(deep);
    return features(target, op.orElseThrow(), deepOps);
  }

  private static Features features(Graph graph, String picture, Map<String, String> ops) {
    return new Features(
        output(graph, picture),
        ops.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> output(graph, it.getValue()))));
  }

  private static Operand<TFloat32> output(Graph graph, String op) {
    return graph.operationOrThrow(op).output(0);
  }
}
