package io.stylegraph.backbone;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.MissingLayersException;
import io.stylegraph.error.ModelException;
import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.FeatureUnits;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Settings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A feature network read from a SavedModel and its manifest. It holds the graph's definition alone
 * (kilobytes); the weights are restored by TensorFlow into each session that asks for them. It is
 * immutable and safe to share between threads.
 */
public final class Backbone {
  /** All that the export writes; each has a gradient in TensorFlow's C++ registry. */
  private static final Set<String> DIFFERENTIABLE =
      Set.of(
          "BiasAdd",
          "Const",
          "Conv2D",
          "Identity",
          "MaxPool",
          "Mul",
          "Placeholder",
          "ReadVariableOp",
          "Relu",
          "ReverseV2",
          "Sub",
          "VarHandleOp");

  /** [1, height, width, 3] of a picture of any size. */
  public static final Shape ANY_SIZE = Shape.of(1, Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, 3);

  private final Path folder;
  private final Manifest manifest;
  private final GraphDef graph;
  private final SaverDef saver;
  private final Path variables;
  private final FeatureUnits units;
  private final ImmutableMap<String, Manifest.Layer> layers;

  private Backbone(Path folder, Manifest manifest, MetaGraphDef metaGraph, Path variables) {
    this.folder = folder;
    this.manifest = manifest;
    this.graph = metaGraph.getGraphDef();
    this.saver = metaGraph.getSaverDef();
    this.variables = variables;
    this.units = units(folder, manifest.featureUnits());
    this.layers = Maps.uniqueIndex(manifest.layers(), Manifest.Layer::name);
  }

  /**
   * Reads a model's folder and checks it whole: manifest, checksums, graph.
   *
   * @throws ModelException if the folder is missing or damaged
   */
  public static Backbone load(Path folder) {
    ModelFolder files = new ModelFolder(folder);
    Manifest manifest = files.manifest();
    files.verify(manifest.files());
    Backbone backbone = new Backbone(folder, manifest, files.metaGraph(), files.variables());
    backbone.checkGraph();
    return backbone;
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
   * Refuses layers that are not there.
   *
   * @throws MissingLayersException naming those missing and those that exist
   */
  public void require(Collection<String> names) {
    List<String> missing = names.stream().filter(name -> !layers.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new MissingLayersException(manifest.name(), missing, layers.keySet().asList());
    }
  }

  /** The smallest picture side, in pixels, that leaves these layers one feature. */
  public int smallestSide(Collection<String> names) {
    return names.stream().mapToInt(name -> layer(name).stride()).max().orElse(1);
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
    GraphDef part = GraphDefs.fixShape(prune(names, activation), inputOp(), shape);
    target.importGraphDef(part, scope);
    return features(target, scope + "/", inputOp(), names, activation);
  }

  /**
   * As {@link #importForPlaceholder}, without a scope, looking at a placeholder of any size in
   * another pixel space: the gradient's subject.
   */
  public Features importForPixels(
      Graph target, PixelSpace pixels, Collection<String> names, Activation activation) {
    String picture = "pixels";
    target.importGraphDef(
        GraphDefs.joinPixels(prune(names, activation), inputOp(), picture, ANY_SIZE, pixels));
    return features(target, "", picture, names, activation);
  }

  /** Adds the op that {@link #restore} runs; once a graph. */
  public void importRestore(Graph target) {
    target.importGraphDef(GraphDefs.prune(graph, List.of(saver.getRestoreOpName())), "restore");
  }

  /**
   * Reads the weights from disk into the session's variables.
   *
   * @throws ModelException if they are not what the graph expects
   */
  public void restore(Session session) {
    try (TString path = TString.scalarOf(variables.toString())) {
      session
          .runner()
          .feed("restore/" + saver.getFilenameTensorName(), path)
          .addTarget("restore/" + saver.getRestoreOpName())
          .run()
          .close();
    } catch (TensorFlowException e) {
      throw new ModelException(
          folder, "its weights cannot be restored; " + ModelFolder.EXPORT_AGAIN, e);
    }
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
    require(List.of(name));
    return Objects.requireNonNull(layers.get(name));
  }

  private static FeatureUnits units(Path folder, String word) {
    try {
      return Settings.choice("featureUnits", FeatureUnits.class, word);
    } catch (InvalidSettingException e) {
      throw new ModelException(folder, "manifest.json: " + e.getMessage(), e);
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
        throw new ModelException(
            folder, "its graph has no tensor " + tensor + ", which the manifest names");
      }
    }
    if (!nodes.containsKey(saver.getRestoreOpName())) {
      throw new ModelException(folder, "its graph has no op that restores the weights");
    }
    for (NodeDef node : prune(layers.keySet(), Activation.POST).getNodeList()) {
      if (!DIFFERENTIABLE.contains(node.getOp())) {
        throw new ModelException(
            folder,
            "op %s (%s) cannot be differentiated here".formatted(node.getName(), node.getOp()));
      }
    }
  }
}
