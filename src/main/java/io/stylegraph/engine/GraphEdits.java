package io.stylegraph.engine;

import static com.google.common.collect.ImmutableMultiset.toImmutableMultiset;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Maps;
import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What the rewrites of a graph have in common. */
final class GraphEdits {
  /** The label under which oneDNN's kernels are registered. */
  static final AttrValue ONE_DNN = AttrValue.newBuilder().setS(text("MklNameChangeOp")).build();

  private GraphEdits() {}

  static ByteString text(String value) {
    return ByteString.copyFromUtf8(value);
  }

  /** The graph with each op changed. */
  static GraphDef map(GraphDef graph, UnaryOperator<NodeDef> change) {
    return flatMap(graph, node -> List.of(change.apply(node)));
  }

  /** The graph with each op replaced by some. */
  static GraphDef flatMap(GraphDef graph, Function<NodeDef, List<NodeDef>> change) {
    GraphDef.Builder changed = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> changed.addAllNode(change.apply(node)));
    return changed.build();
  }

  /** The graph with each op after those that it reads or waits for. */
  static GraphDef inOrder(GraphDef graph) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
    Set<String> done = new LinkedHashSet<>();
    graph.getNodeList().forEach(node -> visit(node, nodes, done));
    GraphDef.Builder ordered = graph.toBuilder().clearNode();
    done.forEach(name -> ordered.addNode(nodes.get(name)));
    return ordered.build();
  }

  private static void visit(NodeDef node, Map<String, NodeDef> nodes, Set<String> done) {
    if (!done.contains(node.getName())) {
      Ancestry.inputs(node)
          .forEach(input -> visit(Objects.requireNonNull(nodes.get(input), input), nodes, done));
      done.add(node.getName());
    }
  }

  /** The op with each input changed. */
  static NodeDef mapInputs(NodeDef node, UnaryOperator<String> change) {
    return node.toBuilder()
        .clearInput()
        .addAllInput(node.getInputList().stream().map(change).toList())
        .build();
  }

  /** The op with control dependencies on others. */
  static NodeDef waiting(NodeDef node, Collection<String> others) {
    return node.toBuilder().addAllInput(others.stream().map(name -> "^" + name).toList()).build();
  }

  /** The names of the ops' inputs, as often as they are read. */
  static ImmutableMultiset<String> reads(GraphDef graph) {
    return graph.getNodeList().stream()
        .flatMap(node -> node.getInputList().stream())
        .collect(toImmutableMultiset());
  }

  /** The op that gives a node of kind {@code op} its first input, if that is an {@code inputOp}. */
  static Optional<NodeDef> inputOf(
      Map<String, NodeDef> nodes, NodeDef node, String op, String inputOp) {
    return node.getOp().equals(op)
        ? Optional.ofNullable(nodes.get(node.getInput(0)))
            .filter(input -> input.getOp().equals(inputOp))
        : Optional.empty();
  }
}
