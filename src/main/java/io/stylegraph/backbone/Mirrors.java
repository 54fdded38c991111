package io.stylegraph.backbone;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Ops that widen a tensor by copies of its edge. TensorFlow has none that does, but a mirror that
 * starts with the edge itself does so for one pixel, and is put there as often as the edge is wide.
 */
final class Mirrors {
  private Mirrors() {}

  /**
   * The ops, the last of which has the name.
   *
   * @param paddings before and after, of each dimension in turn
   */
  static List<NodeDef> ops(String name, String input, List<Long> paddings) {
    long width = paddings.stream().mapToLong(it -> it).max().orElse(0);
    List<NodeDef> ops = new ArrayList<>();
    String before = input;
    for (long done = 0; done < width; done++) {
      long past = done;
      String op = done == width - 1 ? name : name + "/" + (done + 1);
      ops.add(widths(op + "/widths", paddings.stream().map(it -> it > past ? 1 : 0).toList()));
      ops.add(mirror(op, before, op + "/widths"));
      before = op;
    }
    return ops.isEmpty() ? List.of(CanonicalOps.op("Identity", name, input)) : ops;
  }

  private static NodeDef mirror(String name, String input, String widths) {
    return CanonicalOps.op("MirrorPad", name, input, widths).toBuilder()
        .putAttr("Tpaddings", type())
        .putAttr("mode", AttrValue.newBuilder().setS(ByteString.copyFromUtf8("SYMMETRIC")).build())
        .build();
  }

  private static NodeDef widths(String name, List<Integer> widths) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(GraphDefs.shapeAttribute(Shape.of(widths.size() / 2, 2)).getShape())
            .addAllIntVal(widths)
            .build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", type())
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  private static AttrValue type() {
    return AttrValue.newBuilder().setType(DataType.DT_INT32).build();
  }
}
