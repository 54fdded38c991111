package io.stylegraph.backbone;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Whether the gradient can go from a layer back to the picture: which ops TensorFlow's symbolic
 * gradient goes. {@code differentiable-ops.txt} holds what {@code make gradient-survey} found for
 * each: {@code ok}, {@code none}, {@code wrong} or {@code crash}.
 */
final class GradientPath {
  /** What these give depends on shapes alone, so nothing flows back through them. */
  private static final Set<String> SHAPES = Set.of("Shape", "ShapeN", "Size", "Rank");

  /** Behind the type of a convolution with dilations. */
  static final String DILATED = " dilated";

  /** Behind the type of an op whose places or shapes are int64. */
  static final String INT64 = " int64";

  private static final AttrValue NOTHING = AttrValue.getDefaultInstance();
  private static final ImmutableMap<String, String> FOUND = read();

  private GradientPath() {}

  /**
   * Refuses a path that the gradient cannot take. Ops that only weights or shapes go through need
   * no gradient.
   *
   * @param network whose ops come after their inputs
   * @param picture its placeholder
   * @param output the op of the layer
   * @throws io.stylegraph.error.ModelException naming op, type and layer
   */
  static void require(
      ModelFolder files, GraphDef network, String picture, String layer, String output) {
    ImmutableMap<String, NodeDef> nodes = Maps.uniqueIndex(network.getNodeList(), NodeDef::getName);
    Set<String> onPath = onPath(network, picture);
    GraphDefs.ancestors(nodes, Set.of(output), it -> onPath.contains(it)).stream()
        .map(nodes::get)
        .map(Objects::requireNonNull)
        .filter(node -> !node.getName().equals(picture))
        .filter(node -> !"ok".equals(found(node)))
        .findFirst()
        .ifPresent(
            node -> {
              throw files.refuse(
                  "layer %s cannot be used: op %s (%s) before it cannot be differentiated here (%s)"
                      .formatted(layer, node.getName(), node.getOp(), reason(node)));
            });
  }

  /** The ops that a change of the picture reaches, as values. */
  static Set<String> onPath(GraphDef network, String picture) {
    Set<String> reached = new HashSet<>(Set.of(picture));
    for (NodeDef node : network.getNodeList()) {
      if (!SHAPES.contains(node.getOp())
          && node.getInputList().stream().map(GraphDefs::opName).anyMatch(reached::contains)) {
        reached.add(node.getName());
      }
    }
    return reached;
  }

  private static String found(NodeDef node) {
    String kind = "";
    if (node.getAttrOrDefault("dilations", NOTHING).getList().getIList().stream()
        .anyMatch(dilation -> dilation > 1)) {
      kind = DILATED;
    } else if (Stream.of("Index", "Tshape")
        .anyMatch(it -> node.getAttrOrDefault(it, NOTHING).getType() == DataType.DT_INT64)) {
      kind = INT64;
    }
    return FOUND.getOrDefault(node.getOp() + kind, "untried");
  }

  private static String reason(NodeDef node) {
    return switch (found(node)) {
      case "none" -> "TensorFlow's symbolic gradient does not know it";
      case "wrong" -> "TensorFlow's symbolic gradient of it is wrong";
      case "unbuilt" -> "TensorFlow has no kernel that runs it";
      case "crash" -> "TensorFlow's symbolic gradient of it kills the process";
      default -> "it was never tried";
    };
  }

  private static ImmutableMap<String, String> read() {
    try {
      return Resources.readLines(
              Resources.getResource(GradientPath.class, "differentiable-ops.txt"),
              StandardCharsets.UTF_8)
          .stream()
          .filter(line -> !line.startsWith("#"))
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toMap(
                      line -> line.substring(0, line.lastIndexOf(' ')),
                      line -> line.substring(line.lastIndexOf(' ') + 1)),
                  ImmutableMap::copyOf));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
