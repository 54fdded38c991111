package io.stylegraph.engine;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Changes to when a gradient's parts are computed, so that fewer large values are held at a time.
 * TensorFlow runs an op as soon as its inputs are there. What is computed stays the same, bit by
 * bit.
 */
final class GradientOrder {
  /** The scope of {@code Graph.addGradients}. */
  private static final String GRADIENTS = "gradients/";

  /**
   * How the gradients of Gram matrices, differences and absolute values begin. Those of the scalars
   * before them must not wait: TensorFlow multiplies them into one constant, if it may.
   */
  private static final Set<String> READ_VALUES = Set.of("MatMul", "Sub", "Sign");

  /** Ops that hand their first input on to the gradient's ops, by value or by view. */
  private static final Set<String> CONVOLUTION_PARTS =
      Set.of("BiasAdd", "Relu", "Reshape", "StopGradient", "Identity");

  private final GraphDef graph;
  private final Ancestry ancestry;

  private GradientOrder(GraphDef graph) {
    this.graph = graph;
    ancestry = new Ancestry(graph);
  }

  /**
   * Makes a layer's own gradients (of its Gram matrix, of its content loss) wait for the gradient
   * that arrives from the layers behind it, which they are added to. Each is as large as the layer.
   * They could be computed as soon as the layer's loss is, and would all be held until then.
   */
  static GraphDef deepestFirst(GraphDef graph) {
    return new GradientOrder(graph).deepestFirst();
  }

  /**
   * Computes the first convolution a second time for the gradient instead of holding its result, as
   * large as any, throughout: it reads but three channels and costs little.
   */
  static GraphDef firstConvolutionAgain(GraphDef graph) {
    return new GradientOrder(graph).firstConvolutionAgain();
  }

  private GraphDef deepestFirst() {
    SetMultimap<String, String> waits = HashMultimap.create();
    for (NodeDef sum : gradientsOf("AddN")) {
      Set<String> parts = inputs(sum);
      String last = latest(parts);
      for (String part : parts) {
        branch(part, last).forEach(name -> waits.put(name, last));
      }
    }
    return GraphEdits.map(graph, node -> GraphEdits.waiting(node, waits.get(node.getName())));
  }

  /** The ops that read values for {@code part} and of which {@code last} needs none. */
  private List<String> branch(String part, String last) {
    Set<String> names = new LinkedHashSet<>(ancestry.of(part));
    names.add(part);
    names.remove(last);
    names.removeAll(ancestry.of(last));
    return names.stream()
        .map(ancestry::node)
        .filter(node -> isGradient(node) && READ_VALUES.contains(node.getOp()))
        .map(NodeDef::getName)
        .toList();
  }

  private GraphDef firstConvolutionAgain() {
    Set<String> first = firstConvolution();
    List<NodeDef> readers =
        graph.getNodeList().stream()
            .filter(node -> isGradient(node) && !node.getOp().equals("Shape"))
            .filter(node -> inputs(node).stream().anyMatch(first::contains))
            .toList();
    Set<String> readerNames = readers.stream().map(NodeDef::getName).collect(Collectors.toSet());
    List<String> before =
        gradientsOf("Conv2DBackpropInput").stream()
            .map(NodeDef::getName)
            .filter(name -> !readerNames.contains(name))
            .filter(name -> ancestry.of(name).stream().noneMatch(readerNames::contains))
            .toList();
    return before.isEmpty() ? graph : again(first, readerNames, latest(before));
  }

  /** The convolutions that see pictures, and what is their result in another form. */
  private Set<String> firstConvolution() {
    Set<String> names = new LinkedHashSet<>();
    for (NodeDef node : graph.getNodeList()) {
      boolean first =
          node.getOp().equals("Conv2D")
              && ancestry.of(node.getName()).stream()
                  .noneMatch(name -> ancestry.node(name).getOp().equals("Conv2D"));
      boolean part =
          CONVOLUTION_PARTS.contains(node.getOp()) && names.contains(op(node.getInput(0)));
      if (!isGradient(node) && (first || part)) {
        names.add(node.getName());
      }
    }
    return names;
  }

  private GraphDef again(Set<String> repeated, Set<String> readers, String last) {
    Set<String> needed =
        readers.stream()
            .flatMap(reader -> ancestry.of(reader).stream())
            .filter(repeated::contains)
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

  /** The one that comes after the most convolutions' gradients. */
  private String latest(Collection<String> names) {
    return Collections.max(names, Comparator.comparing(this::convolutions));
  }

  private long convolutions(String name) {
    return Stream.concat(Stream.of(name), ancestry.of(name).stream())
        .filter(op -> ancestry.node(op).getOp().equals("Conv2DBackpropInput"))
        .count();
  }

  private List<NodeDef> gradientsOf(String op) {
    return graph.getNodeList().stream()
        .filter(node -> isGradient(node) && node.getOp().equals(op))
        .toList();
  }

  private static boolean isGradient(NodeDef node) {
    return node.getName().startsWith(GRADIENTS);
  }

  private static Set<String> inputs(NodeDef node) {
    return node.getInputList().stream().map(Ancestry::op).collect(ImmutableSet.toImmutableSet());
  }

  private static String op(String input) {
    return Ancestry.op(input);
  }
}
