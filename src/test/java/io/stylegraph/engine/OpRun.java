package io.stylegraph.engine;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.NodeOutput;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.TensorShapeProto;

/**
 * One op of a traced step.
 *
 * @param name in the graph that was run
 * @param op what TensorFlow's optimisers made of it
 * @param shape of its first output
 * @param from in nanoseconds of the trace's clock
 * @param to likewise
 * @param flop multiplications and additions, of convolutions and matrix products
 * @param bytes read and written, each input and output once
 */
record OpRun(
    String name, String op, List<Long> shape, long from, long to, double flop, double bytes) {
  /** The ops of one step on the CPU; GPUs have entries for launches and for streams beside it. */
  static List<OpRun> of(RunMetadata trace) {
    List<NodeDef> nodes =
        trace.getPartitionGraphsList().stream().flatMap(it -> it.getNodeList().stream()).toList();
    ImmutableMap<String, NodeDef> byName = Maps.uniqueIndex(nodes, NodeDef::getName);
    List<NodeExecStats> runs =
        trace.getStepStats().getDevStatsList().stream()
            .filter(device -> device.getDevice().matches(".*/device:CPU:\\d+"))
            .flatMap(device -> device.getNodeStatsList().stream())
            .filter(run -> byName.containsKey(run.getNodeName()))
            .toList();
    Map<String, List<Long>> shapes = new HashMap<>();
    for (NodeExecStats run : runs) {
      for (NodeOutput output : run.getOutputList()) {
        shapes.put(run.getNodeName() + ":" + output.getSlot(), shape(output));
      }
    }
    List<OpRun> ops = new ArrayList<>();
    for (NodeExecStats run : runs) {
      ops.add(of(run, byName.get(run.getNodeName()), shapes));
    }
    return ops;
  }

  OpKind kind() {
    return OpKind.of(name, op);
  }

  double milliseconds() {
    return (to - from) / 1e6;
  }

  private static OpRun of(NodeExecStats run, NodeDef node, Map<String, List<Long>> shapes) {
    List<List<Long>> inputs =
        node.getInputList().stream()
            .map(input -> input.contains(":") ? input : input + ":0")
            .map(input -> shapes.getOrDefault(input, List.of(0L)))
            .toList();
    List<Long> output = shapes.getOrDefault(node.getName() + ":0", List.of(0L));
    double elements = size(output) + inputs.stream().mapToDouble(OpRun::size).sum();
    return new OpRun(
        node.getName(),
        node.getOp(),
        output,
        run.getAllStartNanos() + run.getOpStartRelNanos(),
        run.getAllStartNanos() + run.getOpEndRelNanos(),
        flop(OpKind.of(node.getName(), node.getOp()), node.getOp(), inputs, output),
        Float.BYTES * elements);
  }

  private static double flop(OpKind kind, String op, List<List<Long>> inputs, List<Long> output) {
    return switch (kind) {
      case CONVOLUTION, CONVOLUTION_GRADIENT -> {
        // Every entry on the side of the filter's outputs meets as many of the filter's entries.
        List<Long> outer = op.endsWith("BackpropInput") ? inputs.get(2) : output;
        yield 2 * size(outer) * size(inputs.get(1)) / outer.get(outer.size() - 1);
      }
      // Of [m, k] and [k, n]: each of m, k, n is a side of two of the three matrices.
      case GRAM, GRAM_GRADIENT ->
          2 * Math.sqrt(size(inputs.get(0)) * size(inputs.get(1)) * size(output));
      default -> 0;
    };
  }

  private static List<Long> shape(NodeOutput output) {
    return output.getTensorDescription().getShape().getDimList().stream()
        .map(TensorShapeProto.Dim::getSize)
        .toList();
  }

  private static double size(List<Long> shape) {
    return shape.stream().mapToDouble(side -> side).reduce(1, (a, b) -> a * b);
  }
}
