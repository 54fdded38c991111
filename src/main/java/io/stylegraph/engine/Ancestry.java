package io.stylegraph.engine;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Sets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Which ops of a differentiated graph are computed from which, control dependencies included, and
 * which are the gradient's.
 */
final class Ancestry {
  /** The scope of {@code Graph.addGradients}, and of those that are written out, in others. */
  static final String GRADIENTS = "gradients";

  private final ImmutableMap<String, NodeDef> nodes;
  private final Map<String, Set<String>> known = new HashMap<>();

  Ancestry(GraphDef graph) {
    nodes = Maps.uniqueIndex(graph.getNodeList(), NodeDef::getName);
  }

  NodeDef node(String name) {
    return Objects.requireNonNull(nodes.get(name), name);
  }

  /** The names of all ops that must run before this one. */
  Set<String> of(String name) {
    return known.computeIfAbsent(name, it -> of(it, ImmutableSetMultimap.of()));
  }

  /**
   * As above.
   *
   * @param waits what an op waits for besides
   */
  Set<String> of(String name, SetMultimap<String, String> waits) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(name));
    while (!open.isEmpty()) {
      String next = open.pop();
      for (String input : Sets.union(inputs(node(next)), waits.get(next))) {
        if (found.add(input)) {
          open.push(input);
        }
      }
    }
    return found;
  }

  /** The one that comes after the most convolutions' gradients. */
  String latest(Collection<String> names) {
    return Collections.max(names, Comparator.comparing(this::convolutions));
  }

  /** The gradient's ops of one kind. */
  List<NodeDef> gradients(String op) {
    return nodes.values().stream()
        .filter(node -> isGradient(node) && node.getOp().equals(op))
        .toList();
  }

  static boolean isGradient(NodeDef node) {
    return ("/" + node.getName()).contains("/" + GRADIENTS + "/");
  }

  /** The names of the ops that this one's inputs come from. */
  static Set<String> inputs(NodeDef node) {
    return node.getInputList().stream().map(Ancestry::op).collect(ImmutableSet.toImmutableSet());
  }

  private static String op(String input) {
    String output = input.startsWith("^") ? input.substring(1) : input;
    int colon = output.indexOf(':');
    return colon < 0 ? output : output.substring(0, colon);
  }

  private long convolutions(String name) {
    return Stream.concat(Stream.of(name), of(name).stream())
        .filter(op -> node(op).getOp().equals("Conv2DBackpropInput"))
        .count();
  }
}
