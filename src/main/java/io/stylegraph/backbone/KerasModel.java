package io.stylegraph.backbone;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.protobuf.ByteString;
import io.stylegraph.recipe.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * A SavedModel without manifest, as {@code model.export} and {@code tf.saved_model.save} write it,
 * brought into the form of those with one: a graph without function calls that begins with a
 * placeholder of RGB pictures in 0-255, and a manifest made up from it.
 *
 * @param manifest architecture {@code keras}; weights {@code file}; every layer of the network
 * @param graph the picture's placeholder, its preprocessing, the network
 * @param keys the checkpoint's keys by the variables' shared names
 */
record KerasModel(Manifest manifest, GraphDef graph, Map<String, String> keys) {
  private static final String PICTURE = "picture";

  /** In a scope of its own, which no layer of the network has. */
  private static final String SCOPE = "stylegraph_input/";

  KerasModel {
    keys = Map.copyOf(keys);
  }

  /**
   * Reads the folder.
   *
   * @throws io.stylegraph.error.ModelException if it holds no network of pictures
   */
  static KerasModel read(ModelFolder folder, ModelInput input) {
    Map<String, String> files = folder.checksums();
    MetaGraphDef metaGraph = folder.metaGraph();
    NetworkInput asked = NetworkInput.of(folder, metaGraph);
    GraphDef part =
        GraphDefs.prune(
            metaGraph.getGraphDef(), asked.outputs().stream().map(GraphDefs::opName).toList());
    Map<String, String> keys = keys(folder, metaGraph, part);
    GraphDef flat = inline(folder, part);
    GraphDef graph = CanonicalOps.of(withPicture(flat, GraphDefs.opName(asked.tensor()), input));
    List<Manifest.Layer> layers =
        new NetworkLayers(graph, PICTURE, GraphDefs.opName(asked.tensor())).find();
    if (layers.isEmpty()
        || graph.getNodeList().stream().noneMatch(node -> node.getOp().contains("Conv2"))) {
      throw folder.refuse("has no convolution that takes pictures of any size");
    }
    return new KerasModel(manifest(folder, input, asked, layers, files), graph, keys);
  }

  /** Flattens the functions, and gives each variable its handle's name as its shared name. */
  private static GraphDef inline(ModelFolder folder, GraphDef part) {
    GraphDef.Builder flat;
    try {
      flat = FunctionInliner.inline(part).toBuilder();
    } catch (IllegalArgumentException e) {
      throw folder.refuse("its functions cannot be read: " + e.getMessage(), e);
    }
    for (NodeDef.Builder node : flat.getNodeBuilderList()) {
      if (node.getOp().equals("VarHandleOp")) {
        ByteString name = ByteString.copyFromUtf8(node.getName());
        node.putAttr("shared_name", AttrValue.newBuilder().setS(name).build());
      }
    }
    return flat.build();
  }

  private static Map<String, String> keys(
      ModelFolder folder, MetaGraphDef metaGraph, GraphDef part) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(part.getNodeList(), NodeDef::getName);
    Map<String, String> keys = new HashMap<>();
    // Before TensorFlow 2 the variables' own names were the keys.
    GraphDefs.variables(part).forEach(it -> keys.put(it.getName(), GraphDefs.sharedName(it)));
    List<NodeDef> calls = part.getNodeList().stream().filter(FunctionInliner::isCall).toList();
    if (!calls.isEmpty()) {
      Checkpoint checkpoint = new Checkpoint(folder, metaGraph);
      calls.forEach(call -> keys.putAll(checkpoint.keys(call, nodes)));
    }
    return keys;
  }

  /** Puts the picture and its preprocessing where the network's own placeholder was. */
  private static GraphDef withPicture(GraphDef network, String placeholder, ModelInput input) {
    GraphDef.Builder graph = network.toBuilder().clearNode();
    graph.addNode(
        NodeDef.newBuilder()
            .setName(PICTURE)
            .setOp("Placeholder")
            .putAttr("dtype", GraphDefs.FLOAT)
            .putAttr("shape", GraphDefs.shapeAttribute(Shape.of(1, -1, -1, 3))));
    String ordered = PICTURE;
    if (input.channelOrder().equals("BGR")) {
      ordered = SCOPE + "bgr";
      graph.addNode(lastAxis());
      graph.addNode(
          CanonicalOps.op("ReverseV2", ordered, PICTURE, SCOPE + "axis").toBuilder()
              .putAttr("Tidx", AttrValue.newBuilder().setType(DataType.DT_INT32).build()));
    }
    graph.addNode(GraphDefs.constant(SCOPE + "mean", floats(input.mean())));
    graph.addNode(GraphDefs.constant(SCOPE + "scale", floats(input.scale())));
    graph.addNode(CanonicalOps.op("Sub", SCOPE + "centred", ordered, SCOPE + "mean"));
    NodeDef scaled = CanonicalOps.op("Mul", placeholder, SCOPE + "centred", SCOPE + "scale");
    network.getNodeList().stream()
        .map(node -> node.getName().equals(placeholder) ? scaled : node)
        .forEach(graph::addNode);
    return graph.build();
  }

  private static NodeDef lastAxis() {
    AttrValue type = AttrValue.newBuilder().setType(DataType.DT_INT32).build();
    TensorProto.Builder axis =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(GraphDefs.shapeAttribute(Shape.of(1)).getShape())
            .addIntVal(3);
    return NodeDef.newBuilder()
        .setName(SCOPE + "axis")
        .setOp("Const")
        .putAttr("dtype", type)
        .putAttr("value", AttrValue.newBuilder().setTensor(axis).build())
        .build();
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private static Manifest manifest(
      ModelFolder folder,
      ModelInput input,
      NetworkInput asked,
      List<Manifest.Layer> layers,
      Map<String, String> files) {
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        folder.name(),
        Manifest.KERAS,
        new Manifest.Weights(
            "file",
            "a SavedModel without manifest",
            requireNonNull(files.get("variables/variables.index")),
            "licence unknown"),
        new Manifest.Preprocessing("RGB 0-255", input.channelOrder(), input.mean(), input.scale()),
        Settings.word(input.units()),
        null,
        new Manifest.Input(asked.key(), PICTURE + ":0"),
        layers,
        files,
        Map.of("tensorflow", TensorFlow.version()));
  }
}
