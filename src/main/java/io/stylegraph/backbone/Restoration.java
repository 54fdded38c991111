package io.stylegraph.backbone;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The ops that read a graph's weights from a checkpoint into its variables. */
final class Restoration {
  /** A placeholder: the checkpoint's path without an ending. */
  static final String PATH = "path";

  /** Runs it all. */
  static final String ALL = "all";

  private static final AttrValue TEXT = type(DataType.DT_STRING);

  private Restoration() {}

  /**
   * A graph that restores variables.
   *
   * @param handles the variables' {@code VarHandleOp}s
   * @param keys the checkpoint's keys by the handles' shared names
   */
  static GraphDef graph(List<NodeDef> handles, Map<String, String> keys) {
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph.addNode(NodeDef.newBuilder().setName(PATH).setOp("Placeholder").putAttr("dtype", TEXT));
    if (handles.isEmpty()) {
      return graph.addNode(NodeDef.newBuilder().setName(ALL).setOp("NoOp")).build();
    }
    graph.addNode(
        texts("keys", handles.stream().map(it -> keys.get(GraphDefs.sharedName(it))).toList()));
    graph.addNode(texts("slices", handles.stream().map(it -> "").toList()));
    AttrValue.ListValue.Builder types = AttrValue.ListValue.newBuilder();
    NodeDef.Builder all = NodeDef.newBuilder().setName(ALL).setOp("NoOp");
    for (int i = 0; i < handles.size(); i++) {
      AttrValue type = handles.get(i).getAttrOrThrow("dtype");
      types.addType(type.getType());
      String assign = "assign_" + i;
      NodeDef.Builder variable = NodeDef.newBuilder().setName("variable_" + i).setOp("VarHandleOp");
      for (String attribute : new String[] {"dtype", "shape", "shared_name"}) {
        variable.putAttr(attribute, handles.get(i).getAttrOrThrow(attribute));
      }
      graph.addNode(variable);
      graph.addNode(
          NodeDef.newBuilder()
              .setName(assign)
              .setOp("AssignVariableOp")
              .addInput("variable_" + i)
              .addInput("restore:" + i)
              .putAttr("dtype", type)
              .putAttr("validate_shape", AttrValue.newBuilder().setB(true).build()));
      all.addInput("^" + assign);
    }
    graph.addNode(
        NodeDef.newBuilder()
            .setName("restore")
            .setOp("RestoreV2")
            .addInput(PATH)
            .addInput("keys")
            .addInput("slices")
            .putAttr("dtypes", AttrValue.newBuilder().setList(types).build()));
    return graph.addNode(all).build();
  }

  private static NodeDef texts(String name, List<String> texts) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(texts.size())));
    texts.forEach(text -> tensor.addStringVal(ByteString.copyFromUtf8(text)));
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", TEXT)
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
