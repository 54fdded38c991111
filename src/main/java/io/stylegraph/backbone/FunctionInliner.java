package io.stylegraph.backbone;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef.ArgDef;

/**
 * Puts the bodies of functions in the place of their calls, at any depth: TensorFlow's symbolic
 * gradient knows no gradient of a call. What orders side effects alone is left out, since inference
 * has none: control inputs, {@code NoOp}, {@code Identity}, {@code IdentityN}. So are attributes
 * that begin with an underscore, which hold the shapes and places of the model's last run.
 *
 * <p>An op keeps its name; those of a function's body get the scope that the call stands in.
 */
final class FunctionInliner {
  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");
  private static final Set<String> PASSING = Set.of("Identity", "IdentityN");

  private final ImmutableMap<String, FunctionDef> functions;
  private final Map<String, NodeDef> flat = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();

  private FunctionInliner(GraphDef graph) {
    functions =
        Maps.uniqueIndex(
            graph.getLibrary().getFunctionList(), function -> function.getSignature().getName());
  }

  /**
   * Inlines every call; the ops come after their inputs.
   *
   * @throws IllegalArgumentException if it calls what is not there
   */
  static GraphDef inline(GraphDef graph) {
    FunctionInliner inliner = new FunctionInliner(graph);
    inliner.new Frame("", graph.getNodeList(), Map.of()).addAll();
    return graph.toBuilder().clearNode().clearLibrary().addAllNode(inliner.flat.values()).build();
  }

  /** Whether an op calls a function. */
  static boolean isCall(NodeDef node) {
    return CALLS.contains(node.getOp());
  }

  /** One call of a function, or the graph itself. */
  private final class Frame {
    private final String scope;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    private final Map<String, String> arguments;

    /** Of calls and of what only passes on: the tensors that they stand for. */
    private final Map<String, List<String>> replaced = new HashMap<>();

    private final Map<String, String> added = new HashMap<>();

    Frame(String scope, List<NodeDef> body, Map<String, String> arguments) {
      this.scope = scope;
      this.arguments = arguments;
      body.forEach(node -> nodes.put(node.getName(), node));
    }

    void addAll() {
      nodes.values().forEach(this::add);
    }

    /** The new name of a tensor, here {@code NODE}, {@code NODE:1} or {@code NODE:output:0}. */
    String tensor(String name) {
      if (arguments.containsKey(name)) {
        return Objects.requireNonNull(arguments.get(name));
      }
      List<String> parts = Splitter.on(':').splitToList(name);
      NodeDef node = nodes.get(parts.get(0));
      if (node == null) {
        throw new IllegalArgumentException("there is no tensor " + name);
      }
      add(node);
      int index = parts.size() == 1 ? 0 : Integer.parseInt(parts.get(parts.size() - 1));
      List<String> others = replaced.get(node.getName());
      if (others != null) {
        return others.get(index);
      }
      int place = parts.size() == 3 ? OpOutputs.place(node, parts.get(1), index) : index;
      String written = requireNonNull(added.get(node.getName()));
      return place == 0 ? written : written + ":" + place;
    }

    private void add(NodeDef node) {
      String name = node.getName();
      if (added.containsKey(name) || replaced.containsKey(name) || node.getOp().equals("NoOp")) {
        return;
      }
      List<String> inputs =
          node.getInputList().stream()
              .filter(input -> !input.startsWith("^"))
              .map(this::tensor)
              .toList();
      if (isCall(node)) {
        replaced.put(name, call(node, inputs));
      } else if (PASSING.contains(node.getOp())) {
        replaced.put(name, inputs);
      } else {
        added.put(name, keep(node, inputs));
      }
    }

    private List<String> call(NodeDef node, List<String> inputs) {
      String called = node.getAttrOrThrow("f").getFunc().getName();
      FunctionDef function = functions.get(called);
      if (function == null) {
        throw new IllegalArgumentException("there is no function " + called);
      }
      Map<String, String> given = new HashMap<>();
      List<ArgDef> wanted = function.getSignature().getInputArgList();
      for (int i = 0; i < wanted.size(); i++) {
        given.put(wanted.get(i).getName(), inputs.get(i));
      }
      String place = scope + node.getName().substring(0, node.getName().lastIndexOf('/') + 1);
      Frame body = new Frame(place, function.getNodeDefList(), given);
      body.addAll();
      return function.getSignature().getOutputArgList().stream()
          .map(output -> body.tensor(function.getRetOrThrow(output.getName())))
          .toList();
    }

    private String keep(NodeDef node, List<String> inputs) {
      String name = unique(scope + node.getName());
      NodeDef.Builder kept =
          node.toBuilder()
              .setName(name)
              .clearInput()
              .addAllInput(inputs)
              .clearDevice()
              .clearExperimentalDebugInfo();
      List<String> attributes = new ArrayList<>(kept.getAttrMap().keySet());
      attributes.stream().filter(it -> it.startsWith("_")).forEach(kept::removeAttr);
      flat.put(name, kept.build());
      return name;
    }
  }

  private String unique(String name) {
    String free = name;
    for (int i = 1; !names.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
