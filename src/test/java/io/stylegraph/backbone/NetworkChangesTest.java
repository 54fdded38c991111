package io.stylegraph.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.error.ModelException;
import io.stylegraph.recipe.Pooling;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/** Single ops of kinds that the tiny networks do not have, of a picture of one channel. */
class NetworkChangesTest {
  private static final ModelFolder FILES = new ModelFolder(TinyModel.folder());
  private static final int HEIGHT = 5;
  private static final int WIDTH = 6;

  @ParameterizedTest
  @CsvSource({"3", "5", "4", "1"})
  void a_convolution_that_keeps_the_size_sees_the_edge_again(int side) {
    float[] actual = edged((tf, x) -> convolution(tf, x, side, 1, "SAME"));
    // TensorFlow's SAME puts the odd pixel of an even kernel behind.
    int before = (side - 1) / 2;
    convolved(actual, side, 1, before, before, HEIGHT, WIDTH);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1, 1", "3, 3, 3, 3, 2", "0, 1, 0, 1, 2", "2, 0, 1, 2, 1"})
  void padding_before_a_convolution_is_replaced(
      int top, int bottom, int left, int right, int stride) {
    int[][] pads = {{0, 0}, {top, bottom}, {left, right}, {0, 0}};
    float[] actual =
        edged(
            (tf, x) ->
                convolution(tf, tf.pad(x, tf.constant(pads), tf.constant(0f)), 3, stride, "VALID"));
    int rows = (HEIGHT + top + bottom - 3) / stride + 1;
    int columns = (WIDTH + left + right - 3) / stride + 1;
    convolved(actual, 3, stride, top, left, rows, columns);
  }

  @Test
  void later_convolutions_keep_their_zeros() {
    GraphDef twice =
        EdgePadding.replicate(
            FILES,
            graph((tf, x) -> convolution(tf, convolution(tf, x, 3, 1, "SAME"), 3, 1, "SAME")),
            "picture");
    assertThat(twice.getNodeList()).filteredOn(node -> node.getOp().equals("MirrorPad")).hasSize(1);
  }

  @Test
  void a_padding_that_depends_on_the_size_is_refused() {
    assertThatThrownBy(() -> edged((tf, x) -> convolution(tf, x, 3, 2, "SAME")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            TinyModel.folder()
                + ": its op Conv2d (Conv2D) has a stride and pads by the picture's size, so that"
                + " it cannot see the edge again; take padding zero");
  }

  /** The window of 3 sticks out over both ends of the 5 rows, at the end of the 6 columns. */
  @ParameterizedTest
  @CsvSource({"AVERAGE", "L2"})
  void a_window_over_the_edge_counts_as_its_part_inside(Pooling pooling) {
    float[] actual = run(Pools.replace(FILES, graph((tf, x) -> pool(tf, x)), pooling));
    assertThat(actual).hasSize(9);
    for (int i = 0; i < actual.length; i++) {
      double sum = 0;
      int count = 0;
      for (int tap = 0; tap < 9; tap++) {
        int y = i / 3 * 2 + tap / 3 - 1;
        int x = i % 3 * 2 + tap % 3;
        if (y >= 0 && y < HEIGHT && x < WIDTH) {
          sum += pooling == Pooling.L2 ? at(y, x) * at(y, x) : at(y, x);
          count++;
        }
      }
      double expected = pooling == Pooling.L2 ? 0.78 * Math.sqrt(9 * sum / count) : 2 * sum / count;
      assertThat((double) actual[i]).isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void a_network_without_pools_has_nothing_to_replace() {
    GraphDef network = graph((tf, x) -> convolution(tf, x, 3, 1, "SAME"));
    Pools.require(FILES, network, Pooling.MAX);
    assertThatThrownBy(() -> Pools.require(FILES, network, Pooling.L2))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            TinyModel.folder()
                + ": has no max pools that could become l2 pooling; take pooling max");
  }

  private static void convolved(
      float[] actual, int side, int stride, int top, int left, int rows, int columns) {
    assertThat(actual).hasSize(rows * columns);
    for (int i = 0; i < actual.length; i++) {
      double expected = 0;
      for (int tap = 0; tap < side * side; tap++) {
        int y = i / columns * stride + tap / side - top;
        int x = i % columns * stride + tap % side - left;
        expected += weight(tap) * at(y, x);
      }
      assertThat((double) actual[i]).isCloseTo(expected, within(1e-4));
    }
  }

  private static Operand<TFloat32> convolution(
      Ops tf, Operand<TFloat32> x, int side, long stride, String padding) {
    float[] kernel = new float[side * side];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = weight(i);
    }
    Operand<TFloat32> filter =
        tf.identity(tf.constant(Shape.of(side, side, 1, 1), DataBuffers.of(kernel)));
    return tf.nn.conv2d(x, filter, List.of(1L, stride, stride, 1L), padding);
  }

  private static Operand<TFloat32> pool(Ops tf, Operand<TFloat32> x) {
    return tf.scope()
        .opBuilder("MaxPool", "pool")
        .addInput(x.asOutput())
        .setAttr("ksize", new long[] {1, 3, 3, 1})
        .setAttr("strides", new long[] {1, 2, 2, 1})
        .setAttr("padding", "SAME")
        .build()
        .output(0);
  }

  private static GraphDef graph(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> network) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> picture =
          tf.withName("picture")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, -1, -1, 1)));
      tf.withName("last").identity(network.apply(tf, picture));
      return graph.toGraphDef();
    }
  }

  private static float[] edged(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> network) {
    return run(EdgePadding.replicate(FILES, graph(network), "picture"));
  }

  private static float[] run(GraphDef network) {
    float[] pixels = new float[HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = pixel(i / WIDTH, i % WIDTH);
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        TFloat32 picture =
            TFloat32.tensorOf(Shape.of(1, HEIGHT, WIDTH, 1), DataBuffers.of(pixels))) {
      graph.importGraphDef(network);
      try (var result = session.runner().feed("picture", picture).fetch("last").run()) {
        TFloat32 last = (TFloat32) result.get(0);
        float[] values = new float[Math.toIntExact(last.size())];
        last.asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  private static float weight(int tap) {
    return (float) Math.sin(1 + 2.0 * tap);
  }

  private static float pixel(int y, int x) {
    return (float) (1 + Math.sin(3.0 * y + 7.0 * x * x));
  }

  /** The nearest pixel. */
  private static double at(int y, int x) {
    return pixel(Math.min(Math.max(y, 0), HEIGHT - 1), Math.min(Math.max(x, 0), WIDTH - 1));
  }
}
