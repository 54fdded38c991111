package io.stylegraph.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Computes the first convolution a second time for the gradient instead of holding its result, as
 * large as any, throughout: it reads but three channels and costs little.
 */
final class Recomputation {
  /** Ops that make a convolution's result what the gradient reads, by value or by view. */
  private static final Set<String> PARTS =
      Set.of("BiasAdd", "Relu", "Reshape", "StopGradient", "Identity");

  private final GraphDef graph;
  private final Ancestry ancestry;
  private final Set<String> first;
  private final Set<String> readers;

  private Recomputation(GraphDef graph) {
    this.graph = graph;
    ancestry = new Ancestry(graph);
    first = firstConvolution();
    readers =
        graph.getNodeList().stream()
            .filter(node -> Ancestry.isGradient(node) && !node.getOp().equals("Shape"))
            .filter(node -> Ancestry.inputs(node).stream().anyMatch(first::contains))
            .map(NodeDef::getName)
            .collect(Collectors.toSet());
  }

  /** The graph with a second first convolution, unless there is no other to wait for. */
  static GraphDef ofFirstConvolution(GraphDef graph) {
    Recomputation recomputation = new Recomputation(graph);
    List<String> before = recomputation.gradientsBefore();
    return before.isEmpty() ? graph : recomputation.after(recomputation.ancestry.latest(before));
  }

  /** The convolutions that see pictures, and what is their result in another form. */
  private Set<String> firstConvolution() {
    Set<String> names = new LinkedHashSet<>();
    for (NodeDef node : graph.getNodeList()) {
      boolean isPart =
          PARTS.contains(node.getOp()) && Ancestry.inputs(node).stream().anyMatch(names::contains);
      if (!Ancestry.isGradient(node) && (isPart || isFirst(node))) {
        names.add(node.getName());
      }
    }
    return names;
  }

  private boolean isFirst(NodeDef node) {
    return node.getOp().equals("Conv2D")
        && ancestry.of(node.getName()).stream()
            .noneMatch(name -> ancestry.node(name).getOp().equals("Conv2D"));
  }

  /** The gradients of convolutions that do not need the first one's result. */
  private List<String> gradientsBefore() {
    return ancestry.gradients("Conv2DBackpropInput").stream()
        .map(NodeDef::getName)
        .filter(name -> !readers.contains(name))
        .filter(name -> ancestry.of(name).stream().noneMatch(readers::contains))
        .toList();
  }

  private GraphDef after(String last) {
    Set<String> needed =
        readers.stream()
            .flatMap(reader -> ancestry.of(reader).stream())
            .filter(first::contains)
            .collect(Collectors.toSet());
    return GraphEdits.flatMap(
        graph,
        node -> {
          if (readers.contains(node.getName())) {
            return List.of(fromCopies(node, needed));
          }
          if (!needed.contains(node.getName())) {
            return List.of(node);
          }
          NodeDef copy = fromCopies(node, needed).toBuilder().setName(copy(node.getName())).build();
          Set<String> before = node.getOp().equals("Conv2D") ? Set.of(last) : Set.of();
          return List.of(node, GraphEdits.waiting(copy, before));
        });
  }

  private static NodeDef fromCopies(NodeDef node, Set<String> copied) {
    return GraphEdits.mapInputs(node, input -> copied.contains(input) ? copy(input) : input);
  }

  private static String copy(String name) {
    return name + "_again";
  }
}
