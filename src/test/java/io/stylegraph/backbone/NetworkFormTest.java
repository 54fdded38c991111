package io.stylegraph.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.PlainVgg;
import io.stylegraph.PlainVgg.Map3;
import io.stylegraph.TinyKeras;
import io.stylegraph.TinyKernels;
import io.stylegraph.TinyModel;
import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.NetworkForm;
import io.stylegraph.recipe.Padding;
import io.stylegraph.recipe.PixelSpace;
import io.stylegraph.recipe.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Changed networks against plain doubles; single ops are tried beside it. */
class NetworkFormTest {
  private static final Backbone TINY = Backbone.load(TinyModel.folder());
  private static final List<String> LAYERS =
      List.of("block1_conv1", "block3_conv1", "block5_conv2");
  private static final int HEIGHT = 21;
  private static final int WIDTH = 34;

  static Stream<NetworkForm> forms() {
    return Arrays.stream(Pooling.values())
        .flatMap(
            pooling ->
                Arrays.stream(Padding.values()).map(padding -> new NetworkForm(pooling, padding)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void features_and_gradient_are_those_of_plain_doubles(NetworkForm form) {
    TINY.require(form);
    double[] picture = new SplittableRandom(5).doubles(HEIGHT * WIDTH * 3L, 5, 250).toArray();
    PlainVgg plain = new PlainVgg(TinyKernels.read(TINY), form);
    Map<String, Map3> expected = plain.features(new Map3(HEIGHT, WIDTH, 3, picture), false);
    Map<String, Map3> arriving = new LinkedHashMap<>();
    LAYERS.forEach(layer -> arriving.put(layer, expected.get(layer)));
    double[] gradient = plain.backward(arriving, false);
    try (Graph graph = new Graph()) {
      Features features =
          TINY.importForPixels(graph, PixelSpace.BYTES, form, LAYERS, Activation.POST);
      List<float[]> actual = run(TINY, graph, features, LAYERS, floats(picture));
      for (int i = 0; i < LAYERS.size(); i++) {
        near(actual.get(i), expected.get(LAYERS.get(i)).values());
      }
      near(actual.get(LAYERS.size()), gradient);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void a_picture_may_be_as_small_as_before(NetworkForm form) {
    int side = TINY.smallestSide(LAYERS);
    try (Graph graph = new Graph()) {
      Shape shape = Shape.of(1, side, side, 3);
      Features features =
          TINY.importForPlaceholder(graph, "net", shape, form, LAYERS, Activation.POST);
      assertThat(features.layer("block1_conv1").shape()).isEqualTo(Shape.of(1, side, side, 4));
      assertThat(features.layer("block5_conv2").shape().get(1)).isOne();
    }
  }

  @Test
  void windows_without_anything_have_no_gradient() {
    NetworkForm form = new NetworkForm(Pooling.L2, Padding.REPLICATE);
    try (Graph graph = new Graph()) {
      Features features =
          TINY.importForPixels(graph, PixelSpace.BYTES, form, LAYERS, Activation.POST);
      List<float[]> actual = run(TINY, graph, features, LAYERS, new float[HEIGHT * WIDTH * 3]);
      for (float value : actual.get(LAYERS.size())) {
        assertThat(value).isFinite();
      }
    }
  }

  /** Its first convolution does not pad. */
  @Test
  void a_keras_network_pools_otherwise_and_keeps_its_edge() {
    Backbone keras = Backbone.load(TinyKeras.folder("export"), ModelInput.UNIT);
    NetworkForm form = new NetworkForm(Pooling.AVERAGE, Padding.REPLICATE);
    keras.require(form);
    List<String> layers = List.of("conv", "pool");
    try (Graph graph = new Graph()) {
      Features changed =
          keras.importForPixels(graph, PixelSpace.BYTES, form, layers, Activation.POST);
      Features before =
          keras.importForPlaceholder(graph, "before", Backbone.ANY_SIZE, layers, Activation.POST);
      assertThat(graph.operation("before/" + pool(before)).type()).isEqualTo("MaxPool");
      assertThat(changed.layer("pool").op().type()).isEqualTo("Mul");
      assertThat(graph.operations())
          .toIterable()
          .extracting(org.tensorflow.GraphOperation::type)
          .contains("AvgPool")
          .doesNotContain("MirrorPad");
    }
  }

  private static String pool(Features features) {
    return features.layer("pool").op().name().substring("before/".length());
  }

  /** The layers' features, then the gradient of half the sum of all their squares. */
  private static List<float[]> run(
      Backbone backbone, Graph graph, Features features, List<String> layers, float[] picture) {
    Ops tf = Ops.create(graph).withSubScope("test");
    List<Operand<TFloat32>> halves = new ArrayList<>();
    for (String layer : layers) {
      Operand<TFloat32> x = features.layer(layer);
      Operand<TFloat32> flat = tf.reshape(tf.math.mul(x, x), tf.constant(new int[] {-1}));
      halves.add(tf.math.mul(tf.sum(flat, tf.constant(0)), tf.constant(0.5f)));
    }
    Output<?> gradient =
        graph
            .addGradients(
                tf.math.addN(halves).asOutput(), new Output<?>[] {features.picture().asOutput()})[
            0];
    backbone.importRestore(graph);
    try (Session session = new Session(graph);
        TFloat32 fed = TFloat32.tensorOf(Shape.of(1, HEIGHT, WIDTH, 3), DataBuffers.of(picture))) {
      backbone.restore(session);
      Session.Runner runner = session.runner().feed(features.picture(), fed);
      layers.forEach(layer -> runner.fetch(features.layer(layer)));
      List<float[]> values = new ArrayList<>();
      try (var result = runner.fetch(gradient).run()) {
        result.forEach(entry -> values.add(floats((TFloat32) entry.getValue())));
      }
      return values;
    }
  }

  private static void near(float[] actual, double[] expected) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4 * scale));
    }
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
