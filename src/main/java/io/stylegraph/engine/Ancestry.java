package io.stylegraph.engine;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Which ops of a graph are computed from which, control dependencies included. */
final class Ancestry {
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
    return known.computeIfAbsent(name, this::search);
  }

  /** The name of the op that an input comes from. */
  static String op(String input) {
    String output = input.startsWith("^") ? input.substring(1) : input;
    int colon = output.indexOf(':');
    return colon < 0 ? output : output.substring(0, colon);
  }

  private Set<String> search(String name) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(name));
    while (!open.isEmpty()) {
      for (String input : node(open.pop()).getInputList()) {
        if (found.add(op(input))) {
          open.push(op(input));
        }
      }
    }
    return found;
  }
}
