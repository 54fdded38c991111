package io.stylegraph.backbone;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.MissingLayersException;
import io.stylegraph.error.ModelException;
import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.FeatureUnits;
import io.stylegraph.recipe.NetworkForm;
import io.stylegraph.recipe.Padding;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Settings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A feature network read from a SavedModel and its manifest. It holds the graph's definition alone
 * (kilobytes); the weights are restored by TensorFlow into each session that asks for them. It is
 * immutable and safe to share between threads.
 */
public final class Backbone {
  private static final String RESTORE = "restore";

  /** The placeholder of a picture in a recipe's pixel space. */
  static final String PIXELS = "pixels";

  /** [1, height, width, 3] of a picture of any size. */
  public static final Shape ANY_SIZE = Shape.of(1, Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, 3);

  private final Manifest manifest;
  private final GraphDef graph;
  private final Map<String, String> keys;
  private final ModelFolder files;
  private final Map<String, Integer> smallestSides = new ConcurrentHashMap<>();
  private final FeatureUnits units;
  private final ImmutableMap<String, Manifest.Layer> layers;

  private Backbone(ModelFolder files, Manifest manifest, GraphDef graph, Map<String, String> keys) {
    this.files = files;
    this.manifest = manifest;
    this.graph = graph;
    this.keys = Map.copyOf(keys);
    this.units = units(files, manifest.featureUnits());
    this.layers = Maps.uniqueIndex(manifest.layers(), Manifest.Layer::name);
  }

  /**
   * Reads a model's folder and checks it whole: manifest, checksums, graph.
   *
   * @throws ModelException if the folder is missing or damaged, or has no manifest
   */
  public static Backbone load(Path folder) {
    ModelFolder files = new ModelFolder(folder);
    if (!files.hasManifest()) {
      files.checksums();
      throw files.refuse(
          "has no manifest.json, so say what its network takes with --model-input (in Java"
              + " ModelInput): "
              + ModelInput.choices());
    }
    Manifest manifest = files.manifest();
    files.verify(manifest.files());
    GraphDef graph = files.metaGraph().getGraphDef();
    Backbone backbone =
        new Backbone(
            files,
            manifest,
            graph,
            GraphDefs.variables(graph).stream()
                .collect(
                    Collectors.toMap(
                        GraphDefs::sharedName, GraphDefs::sharedName, (one, same) -> one)));
    backbone.checkGraph();
    return backbone;
  }

  /**
   * Reads a Keras SavedModel that has no manifest, as {@code model.export} and {@code
   * tf.saved_model.save} write it, of a network whose first part is convolutional.
   *
   * @param input what its network takes
   * @throws ModelException if the folder is missing or damaged, has a manifest, or holds no such
   *     network
   */
  public static Backbone load(Path folder, ModelInput input) {
    ModelFolder files = new ModelFolder(folder);
    if (files.hasManifest()) {
      throw files.refuse(
          "its manifest.json says what its network takes; leave --model-input (ModelInput) out");
    }
    KerasModel model = KerasModel.read(files, input);
    return new Backbone(files, model.manifest(), model.graph(), model.keys());
  }

  /** Whether a model's folder says of itself what its network takes. */
  public static boolean hasManifest(Path folder) {
    return new ModelFolder(folder).hasManifest();
  }

  /** What the model says of itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** The units of its features. */
  public FeatureUnits units() {
    return units;
  }

  /**
   * Refuses layers that are not there, or that the gradient cannot reach from the picture.
   *
   * @throws MissingLayersException naming those missing and those that exist
   * @throws ModelException naming the op without a gradient and the layer that comes after it
   */
  public void require(Collection<String> names) {
    List<String> missing = missing(names);
    if (!missing.isEmpty()) {
      throw new MissingLayersException(manifest.name(), missing, layers.keySet().asList());
    }
    for (String name : names) {
      GradientPath.require(files, graph, inputOp(), name, opOf(layer(name).tensor()));
    }
  }

  /**
   * Refuses a change that the network cannot take.
   *
   * @throws ModelException saying why, and what to choose instead
   */
  public void require(NetworkForm form) {
    Pools.require(files, graph, form.pooling());
    change(graph, form);
  }

  /** Those of the names that no layer has. */
  public List<String> missing(Collection<String> names) {
    return names.stream().filter(name -> !layers.containsKey(name)).toList();
  }

  /** What each layer is made of, in the network's order. */
  public List<LayerFacts> layerFacts() {
    return LayerFacts.of(graph, inputOp(), manifest.layers());
  }

  /** How many numbers the weights of all layers are, shared ones counted once. */
  public long parameters() {
    return LayerFacts.parameters(variables());
  }

  /** The smallest picture side, in pixels, that leaves these layers one feature. */
  public int smallestSide(Collection<String> names) {
    return names.stream().distinct().mapToInt(this::smallestSide).max().orElse(1);
  }

  /**
   * How many features layers have across and down, of a picture of a size that they can take.
   *
   * @return by layer
   */
  public Map<String, FeatureGrid> featureGrids(Collection<String> names, int width, int height) {
    Map<String, Shape> shapes =
        ShapeProbe.shapes(prune(names, Activation.POST), inputOp(), width, height).orElseThrow();
    return names.stream()
        .distinct()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> {
                  Shape shape = requireNonNull(shapes.get(opOf(layer(name).tensor())));
                  return new FeatureGrid(
                      (int) shape.get(2),
                      (int) shape.get(1),
                      layer(name).stride(),
                      ReceptiveField.of(graph, inputOp(), opOf(layer(name).tensor())));
                }));
  }

  private int smallestSide(String name) {
    GraphDef part = prune(List.of(name), Activation.POST);
    return smallestSides.computeIfAbsent(
        name, it -> ShapeProbe.smallestSide(part, inputOp(), layer(it).stride()));
  }

  /**
   * Adds the network up to {@code names} to a graph, looking at a placeholder of that shape. The
   * weights of every import into one graph are the same variables.
   *
   * @param scope a name that no other import into the graph has
   * @param shape [1, height, width, 3], or {@link #ANY_SIZE}
   * @param activation which of a layer's results is meant
   */
  public Features importForPlaceholder(
      Graph target, String scope, Shape shape, Collection<String> names, Activation activation) {
    return importForPlaceholder(target, scope, shape, NetworkForm.AS_TRAINED, names, activation);
  }

  /**
   * As above, with changes to the network; its layers keep their names.
   *
   * @throws ModelException if the network cannot take them, see {@link #require(NetworkForm)}
   */
  public Features importForPlaceholder(
      Graph target,
      String scope,
      Shape shape,
      NetworkForm form,
      Collection<String> names,
      Activation activation) {
    GraphDef part = GraphDefs.fixShape(change(prune(names, activation), form), inputOp(), shape);
    target.importGraphDef(part, scope);
    return features(target, scope + "/", inputOp(), names, activation);
  }

  /**
   * As above, without a scope, looking at a placeholder of any size in another pixel space: the
   * gradient's subject.
   */
  public Features importForPixels(
      Graph target,
      PixelSpace pixels,
      NetworkForm form,
      Collection<String> names,
      Activation activation) {
    GraphDef part = change(prune(names, activation), form);
    target.importGraphDef(GraphDefs.joinPixels(part, inputOp(), PIXELS, ANY_SIZE, pixels));
    return features(target, "", PIXELS, names, activation);
  }

  /**
   * Where the network up to {@code names} may be cut, from the picture on, with its changes: the
   * first such place of each stride, and behind everything. Empty if something that sees all of the
   * picture comes before any such place.
   */
  public List<NetworkCut> cuts(NetworkForm form, Collection<String> names, Activation activation) {
    return CutSearch.of(
        change(prune(names, activation), form),
        inputOp(),
        names.stream()
            .distinct()
            .collect(Collectors.toMap(name -> name, name -> op(name, activation))));
  }

  /** Adds the ops that {@link #restore} runs; once a graph. */
  public void importRestore(Graph target) {
    target.importGraphDef(Restoration.graph(variables(), keys), RESTORE);
  }

  /**
   * Reads the weights from disk into the session's variables.
   *
   * @throws ModelException if they are not what the graph expects
   */
  public void restore(Session session) {
    try (TString path = TString.scalarOf(files.variables().toString())) {
      session
          .runner()
          .feed(RESTORE + "/" + Restoration.PATH, path)
          .addTarget(RESTORE + "/" + Restoration.ALL)
          .run()
          .close();
    } catch (TensorFlowException e) {
      throw files.refuse("its weights cannot be restored; " + files.exportAgain(), e);
    }
  }

  private List<NodeDef> variables() {
    return GraphDefs.variables(prune(layers.keySet(), Activation.POST));
  }

  private GraphDef change(GraphDef network, NetworkForm form) {
    GraphDef pooled = Pools.replace(files, network, form.pooling());
    return form.padding() == Padding.REPLICATE
        ? EdgePadding.replicate(files, pooled, inputOp())
        : pooled;
  }

  private GraphDef prune(Collection<String> names, Activation activation) {
    Set<String> outputs =
        names.stream().map(name -> op(name, activation)).collect(Collectors.toSet());
    outputs.add(inputOp());
    return GraphDefs.prune(graph, outputs);
  }

  private Features features(
      Graph target,
      String scope,
      String pictureOp,
      Collection<String> names,
      Activation activation) {
    return new Features(
        output(target, scope + pictureOp),
        names.stream()
            .distinct()
            .collect(
                Collectors.toMap(
                    name -> name, name -> output(target, scope + op(name, activation)))));
  }

  private String op(String name, Activation activation) {
    Manifest.Layer layer = layer(name);
    return opOf(activation == Activation.POST ? layer.tensor() : layer.preactivation());
  }

  private Manifest.Layer layer(String name) {
    Manifest.Layer layer = layers.get(name);
    if (layer == null) {
      throw new MissingLayersException(manifest.name(), List.of(name), layers.keySet().asList());
    }
    return layer;
  }

  private static FeatureUnits units(ModelFolder files, String word) {
    try {
      return Settings.choice("featureUnits", FeatureUnits.class, word);
    } catch (InvalidSettingException e) {
      throw files.refuse("manifest.json: " + e.getMessage(), e);
    }
  }

  private String inputOp() {
    return opOf(manifest.input().tensor());
  }

  private static Operand<TFloat32> output(Graph graph, String op) {
    return graph.operationOrThrow(op).output(0);
  }

  private static String opOf(String tensor) {
    return tensor.substring(0, tensor.lastIndexOf(':'));
  }

  private void checkGraph() {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    Set<String> tensors = new TreeSet<>(List.of(manifest.input().tensor()));
    manifest
        .layers()
        .forEach(
            layer -> {
              tensors.add(layer.tensor());
              tensors.add(layer.preactivation());
            });
    for (String tensor : tensors) {
      if (!tensor.endsWith(":0") || !nodes.containsKey(opOf(tensor))) {
        throw files.refuse("its graph has no tensor " + tensor + ", which the manifest names");
      }
    }
  }
}
