package io.stylegraph.backbone;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpDef.ArgDef;

/** The places of ops' outputs: a function names them by argument, a graph counts them. */
final class OpOutputs {
  private static final ImmutableMap<String, OpDef> OPS =
      Maps.uniqueIndex(TensorFlow.registeredOpList().getOpList(), OpDef::getName);

  private OpOutputs() {}

  /** The place of the {@code index}th tensor of an output argument. */
  static int place(NodeDef node, String argument, int index) {
    OpDef op = OPS.get(node.getOp());
    int place = index;
    if (op != null) {
      for (ArgDef output : op.getOutputArgList()) {
        if (output.getName().equals(argument)) {
          return place;
        }
        place += tensors(node, output);
      }
    }
    throw new IllegalArgumentException(
        "op %s (%s) has no output %s".formatted(node.getName(), node.getOp(), argument));
  }

  private static int tensors(NodeDef node, ArgDef output) {
    if (!output.getNumberAttr().isEmpty()) {
      return (int) node.getAttrOrThrow(output.getNumberAttr()).getI();
    }
    if (!output.getTypeListAttr().isEmpty()) {
      return node.getAttrOrThrow(output.getTypeListAttr()).getList().getTypeCount();
    }
    return 1;
  }
}
