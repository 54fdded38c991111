package io.stylegraph.engine;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Makes parts of a gradient wait until they are needed; they come out the same, bit by bit. */
final class GradientOrder {
  /**
   * How the gradients of Gram matrices, differences and absolute values begin. Those of the scalars
   * before them must not wait: TensorFlow multiplies them into one constant, if it may.
   */
  private static final Set<String> READ_VALUES = Set.of("MatMul", "Sub", "Sign");

  private GradientOrder() {}

  /**
   * Makes a layer's own gradients (of its Gram matrix, of its content loss) wait for the gradient
   * that arrives from the layers behind it, which they are added to. Each is as large as the layer.
   * TensorFlow would compute them as soon as the layer's loss is, and hold them all until then.
   *
   * <p>Where a network has branches, each of two sums may have a part that comes before the other's
   * last one. What the last one waits for already does not wait for it.
   */
  static GraphDef deepestFirst(GraphDef graph) {
    Ancestry ancestry = new Ancestry(graph);
    SetMultimap<String, String> waits = HashMultimap.create();
    for (NodeDef sum : ancestry.gradients("AddN")) {
      Set<String> parts = Ancestry.inputs(sum);
      String last = ancestry.latest(parts);
      Set<String> before = ancestry.of(last, waits);
      for (String part : parts) {
        readers(ancestry, part, last, before).forEach(name -> waits.put(name, last));
      }
    }
    return GraphEdits.map(graph, node -> GraphEdits.waiting(node, waits.get(node.getName())));
  }

  /** The ops that read values for {@code part} and that are not among those before the last. */
  private static List<String> readers(
      Ancestry ancestry, String part, String last, Set<String> before) {
    Set<String> names = new LinkedHashSet<>(ancestry.of(part));
    names.add(part);
    names.remove(last);
    names.removeAll(before);
    return names.stream()
        .map(ancestry::node)
        .filter(node -> Ancestry.isGradient(node) && READ_VALUES.contains(node.getOp()))
        .map(NodeDef::getName)
        .toList();
  }
}
