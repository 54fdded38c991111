package io.stylegraph.backbone;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.stylegraph.recipe.PixelSpace;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Changes to a graph before it is imported; TensorFlow Java's import has no input map. */
final class GraphDefs {
  static final AttrValue FLOAT = AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();

  private GraphDefs() {}

  /** The part of {@code graph} that computes {@code outputs} (op names). */
  static GraphDef prune(GraphDef graph, Collection<String> outputs) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    Set<String> needed = ancestors(nodes, outputs, op -> true);
    GraphDef.Builder pruned = graph.toBuilder().clearNode();
    graph.getNodeList().stream()
        .filter(node -> needed.contains(node.getName()))
        .forEach(pruned::addNode);
    return pruned.build();
  }

  /** These ops and those that they are computed of, as far back as {@code through} says. */
  static Set<String> ancestors(
      Map<String, NodeDef> nodes, Collection<String> ops, Predicate<String> through) {
    Set<String> found = new LinkedHashSet<>(ops);
    Deque<String> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      for (String input : inputs(nodes, open.pop())) {
        String op = opName(input);
        if (through.test(op) && found.add(op)) {
          open.push(op);
        }
      }
    }
    return found;
  }

  /** Gives the placeholder a known shape, so that every shape after it is known too. */
  static GraphDef fixShape(GraphDef graph, String placeholder, Shape shape) {
    return replace(
        graph,
        placeholder,
        node -> node.putAttr("shape", shapeAttribute(shape)).removeAttr("_output_shapes"));
  }

  /** Makes an op a placeholder of its result. */
  static GraphDef begin(GraphDef graph, String op, Shape shape) {
    return replace(
        graph,
        op,
        node ->
            node.setOp("Placeholder")
                .clearInput()
                .clearAttr()
                .putAttr("dtype", FLOAT)
                .putAttr("shape", shapeAttribute(shape)));
  }

  /**
   * Makes the placeholder the picture in 0-255 that a new one stands for in its pixel space, so
   * that what was computed of the input is computed of the new placeholder and can be
   * differentiated with respect to it.
   */
  static GraphDef joinPixels(
      GraphDef graph, String placeholder, String picture, Shape shape, PixelSpace pixels) {
    String scaled = picture + "_scaled";
    String scale = picture + "_scale";
    String offset = picture + "_offset";
    GraphDef joined =
        replace(
            graph,
            placeholder,
            node ->
                node.setOp("AddV2")
                    .clearAttr()
                    .putAttr("T", FLOAT)
                    .addInput(scaled)
                    .addInput(offset));
    NodeDef pictureNode =
        NodeDef.newBuilder()
            .setName(picture)
            .setOp("Placeholder")
            .putAttr("dtype", FLOAT)
            .putAttr("shape", shapeAttribute(shape))
            .build();
    NodeDef scaledNode =
        NodeDef.newBuilder()
            .setName(scaled)
            .setOp("Mul")
            .putAttr("T", FLOAT)
            .addInput(picture)
            .addInput(scale)
            .build();
    return joined.toBuilder()
        .addNode(pictureNode)
        .addNode(constant(scale, pixels.scale()))
        .addNode(constant(offset, pixels.offset()))
        .addNode(scaledNode)
        .build();
  }

  private static GraphDef replace(
      GraphDef graph, String name, UnaryOperator<NodeDef.Builder> change) {
    GraphDef.Builder builder = graph.toBuilder();
    for (int i = 0; i < builder.getNodeCount(); i++) {
      if (builder.getNode(i).getName().equals(name)) {
        builder.setNode(i, change.apply(builder.getNode(i).toBuilder()));
      }
    }
    return builder.build();
  }

  static NodeDef constant(String name, float[] values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shapeAttribute(Shape.of(values.length)).getShape());
    for (float value : values) {
      tensor.addFloatVal(value);
    }
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", FLOAT)
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  static AttrValue shapeAttribute(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    for (long size : shape.asArray()) {
      proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return AttrValue.newBuilder().setShape(proto).build();
  }

  /** The handles of a graph's variables. */
  static List<NodeDef> variables(GraphDef graph) {
    return graph.getNodeList().stream().filter(node -> node.getOp().equals("VarHandleOp")).toList();
  }

  /** What a variable is called in every graph that uses it. */
  static String sharedName(NodeDef variable) {
    return variable.getAttrOrThrow("shared_name").getS().toStringUtf8();
  }

  private static List<String> inputs(Map<String, NodeDef> nodes, String name) {
    NodeDef node = nodes.get(name);
    return node == null ? List.of() : node.getInputList();
  }

  /** The op of an input or a tensor, as in {@code conv:0} or {@code ^conv}. */
  static String opName(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
