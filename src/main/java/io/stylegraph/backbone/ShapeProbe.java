package io.stylegraph.backbone;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/** The shapes that TensorFlow infers; nothing is computed. */
final class ShapeProbe {
  private static final int LARGEST = 4096;

  private ShapeProbe() {}

  /**
   * The shapes of every float32 op's first output, by op, for a square picture of that side.
   *
   * @return empty if the network cannot take a picture of that size
   */
  static Optional<Map<String, Shape>> shapes(GraphDef network, String picture, int side) {
    return shapes(network, picture, side, side);
  }

  /** As above, for a picture of that width and height. */
  static Optional<Map<String, Shape>> shapes(
      GraphDef network, String picture, int width, int height) {
    try (Graph graph = new Graph()) {
      graph.importGraphDef(GraphDefs.fixShape(network, picture, Shape.of(1, height, width, 3)));
      Map<String, Shape> shapes = new HashMap<>();
      for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
        GraphOperation op = all.next();
        if (op.numOutputs() > 0 && op.output(0).dataType() == DataType.DT_FLOAT) {
          shapes.put(op.name(), op.output(0).shape());
        }
      }
      return shapes.values().stream().anyMatch(ShapeProbe::isEmpty)
          ? Optional.empty()
          : Optional.of(shapes);
    } catch (TensorFlowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The smallest side of a square picture that the network takes, not above {@code guess} if that
   * works.
   */
  static int smallestSide(GraphDef network, String picture, int guess) {
    int bad = 0;
    int good = Math.max(1, guess);
    while (good < LARGEST && shapes(network, picture, good).isEmpty()) {
      bad = good;
      good *= 2;
    }
    while (good - bad > 1) {
      int middle = (bad + good) / 2;
      if (shapes(network, picture, middle).isPresent()) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return good;
  }

  private static boolean isEmpty(Shape shape) {
    return !shape.isUnknown() && shape.size() == 0;
  }
}
