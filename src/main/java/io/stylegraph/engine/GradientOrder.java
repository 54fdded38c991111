package io.stylegraph.engine;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    GraphDef.Builder changed = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      changed.addNode(waiting(node, waits.get(node.getName())));
    }
    return changed.build();
  }

  /** The gradient's ops that {@code part} needs and {@code last} does not, constants aside. */
  private List<String> branch(String part, String last) {
    Set<String> names = new LinkedHashSet<>(ancestry.of(part));
    names.add(part);
    names.remove(last);
    names.removeAll(ancestry.of(last));
    return names.stream()
        .filter(name -> name.startsWith(GRADIENTS) && ancestry.node(name).getInputCount() > 0)
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
    GraphDef.Builder changed = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      String name = node.getName();
      changed.addNode(readers.contains(name) ? fromCopies(node, needed) : node);
      if (needed.contains(name)) {
        NodeDef copy = fromCopies(node, needed).toBuilder().setName(copy(name)).build();
        changed.addNode(node.getOp().equals("Conv2D") ? waiting(copy, Set.of(last)) : copy);
      }
    }
    return changed.build();
  }

  private static NodeDef fromCopies(NodeDef node, Set<String> copied) {
    NodeDef.Builder changed = node.toBuilder().clearInput();
    for (String input : node.getInputList()) {
      changed.addInput(copied.contains(input) ? copy(input) : input);
    }
    return changed.build();
  }

  private static String copy(String name) {
    return name + "_again";
  }

  private static NodeDef waiting(NodeDef node, Set<String> before) {
    return node.toBuilder().addAllInput(before.stream().map(name -> "^" + name).toList()).build();
  }

  /** The one that most must be computed for. */
  private String latest(Collection<String> names) {
    return names.stream().max(Comparator.comparing(name -> ancestry.of(name).size())).orElseThrow();
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
