package io.stylegraph.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyKeras;
import io.stylegraph.error.ModelException;
import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.FeatureUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** Keras models without manifest, against the numbers that Keras gives. */
class KerasBackboneTest {
  private static final Shape SHAPE = Shape.of(1, TinyKeras.HEIGHT, TinyKeras.WIDTH, 3);
  private static final Shape ANY = Shape.of(1, -1, -1, 3);
  private static final List<String> LAYERS =
      List.of(
          "conv",
          "conv_bn",
          "conv_relu",
          "depthwise",
          "swish",
          "sum",
          "shared",
          "shared-2",
          "inner-conv",
          "called",
          "pool",
          "dilated",
          "logged");

  private static Stream<String> ways() {
    return TinyKeras.WAYS.stream();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void layers_are_found_by_their_keras_names(String way) {
    Manifest manifest = load(way).manifest();
    assertThat(manifest.name()).isEqualTo(way);
    assertThat(manifest.architecture()).isEqualTo("keras");
    assertThat(manifest.layers())
        .extracting(Manifest.Layer::name)
        .containsExactlyElementsOf(LAYERS);
    assertThat(manifest.layers())
        .extracting(Manifest.Layer::channels)
        .containsExactly(4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 3, 3);
    assertThat(manifest.layers())
        .extracting(Manifest.Layer::stride)
        .containsExactly(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4);
    assertThat(manifest.files())
        .containsOnlyKeys(
            "saved_model.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void features_equal_those_of_keras(String way) {
    Backbone backbone = load(way);
    for (Shape shape : List.of(SHAPE, ANY)) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        Features features =
            backbone.importForPlaceholder(graph, "net", shape, LAYERS, Activation.POST);
        backbone.importRestore(graph);
        backbone.restore(session);
        for (String layer : LAYERS) {
          assertClose(
              run(session, features, features.layer(layer).asOutput()), TinyKeras.features(layer));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void the_gradient_equals_that_of_keras(String way) {
    Backbone backbone = load(way);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Features features =
          backbone.importForPlaceholder(graph, "net", ANY, List.of("dilated"), Activation.POST);
      backbone.importRestore(graph);
      backbone.restore(session);
      Ops tf = Ops.create(graph);
      var last = features.layer("dilated");
      var loss = tf.math.mean(tf.math.mul(last, last), tf.constant(new int[] {0, 1, 2, 3}));
      Output<?> gradient =
          graph.addGradients(loss.asOutput(), new Output<?>[] {features.picture().asOutput()})[0];
      assertClose(run(session, features, gradient), TinyKeras.gradient());
    }
  }

  @Test
  void before_an_activation_is_what_goes_into_it() {
    Backbone backbone = load("export");
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Features features =
          backbone.importForPlaceholder(
              graph, "net", SHAPE, List.of("conv_relu", "shared", "sum"), Activation.PRE);
      backbone.importRestore(graph);
      backbone.restore(session);
      assertClose(
          run(session, features, features.layer("conv_relu").asOutput()),
          TinyKeras.features("conv_bn"));
      assertClose(
          run(session, features, features.layer("sum").asOutput()), TinyKeras.features("sum"));
      float[] before = run(session, features, features.layer("shared").asOutput());
      assertThat(before).isNotEqualTo(TinyKeras.features("shared"));
      for (int i = 0; i < before.length; i++) {
        before[i] = Math.max(0, before[i]);
      }
      assertClose(before, TinyKeras.features("shared"));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void the_graph_has_no_calls_and_its_variables_have_names(String way) {
    KerasModel model = KerasModel.read(new ModelFolder(TinyKeras.folder(way)), ModelInput.UNIT);
    assertThat(model.graph().getLibrary().getFunctionCount()).isZero();
    assertThat(model.graph().getNodeList())
        .extracting(NodeDef::getOp)
        .doesNotContain("StatefulPartitionedCall", "PartitionedCall", "NoOp", "IdentityN");
    List<String> shared =
        GraphDefs.variables(model.graph()).stream().map(GraphDefs::sharedName).toList();
    assertThat(shared).doesNotHaveDuplicates().doesNotContain("");
    assertThat(model.keys()).containsKeys(shared.toArray(String[]::new));
  }

  @Test
  void what_cannot_be_differentiated_is_refused_but_not_what_comes_before_it() {
    Backbone backbone = load("export");
    backbone.require(LAYERS.subList(0, LAYERS.size() - 1));
    assertThatThrownBy(() -> backbone.require(List.of("pool", "logged")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "layer logged cannot be used: op tiny_1/logged_1/LogSoftmax (LogSoftmax)")
        .hasMessageContaining("gradient of it is wrong");
  }

  @Test
  void the_smallest_side_leaves_every_op_something() {
    Backbone backbone = load("save");
    assertThat(backbone.smallestSide(List.of("conv", "swish"))).isEqualTo(3);
    assertThat(backbone.smallestSide(List.of("pool"))).isEqualTo(5);
  }

  @Test
  void facts_of_the_layers() {
    Backbone backbone = load("export");
    assertThat(backbone.layerFacts())
        .contains(
            new LayerFacts("conv", "Conv2D", 3 * 3 * 3 * 4 + 4),
            new LayerFacts("conv_bn", "AddV2", 16),
            new LayerFacts("depthwise", "DepthwiseConv2dNative", 3 * 3 * 4 + 4),
            new LayerFacts("pool", "MaxPool", 0))
        .hasSameSizeAs(LAYERS);
    assertThat(backbone.parameters()).isEqualTo(112 + 16 + 40 + 20 + 185 + 138);
  }

  @Test
  void modes_give_what_keras_gives() {
    float[] grey = {100, 150, 200};
    assertClose(preprocessed(ModelInput.CAFFE, grey), new float[] {96.061f, 33.221f, -23.68f});
    assertClose(preprocessed(ModelInput.TORCH, grey), new float[] {-0.4054f, 0.5903f, 1.6814f});
    assertClose(preprocessed(ModelInput.TF, grey), new float[] {-0.21569f, 0.17647f, 0.56863f});
    assertClose(preprocessed(ModelInput.NONE, grey), grey);
    assertClose(preprocessed(ModelInput.UNIT, grey), new float[] {0.39216f, 0.58824f, 0.78431f});
    assertThat(ModelInput.CAFFE.units()).isEqualTo(FeatureUnits.KERAS);
    assertThat(ModelInput.TORCH.units()).isEqualTo(FeatureUnits.TORCH);
  }

  private static float[] preprocessed(ModelInput mode, float[] pixel) {
    var graphDef = KerasModel.read(new ModelFolder(TinyKeras.folder("export")), mode).graph();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      graph.importGraphDef(graphDef);
      List<String> seen = new ArrayList<>();
      graph.operations().forEachRemaining(op -> seen.add(op.name()));
      String first =
          seen.stream().filter(it -> it.startsWith("serving_default_")).findFirst().orElseThrow();
      try (TFloat32 picture = TFloat32.tensorOf(Shape.of(1, 1, 1, 3), DataBuffers.of(pixel));
          Result result = session.runner().feed("picture", picture).fetch(first).run()) {
        return floats((TFloat32) result.get(0));
      }
    }
  }

  private static Backbone load(String way) {
    return Backbone.load(TinyKeras.folder(way), ModelInput.UNIT);
  }

  private static float[] run(Session session, Features features, Output<?> output) {
    try (TFloat32 picture = TFloat32.tensorOf(SHAPE, DataBuffers.of(TinyKeras.picture()));
        Result result = session.runner().feed(features.picture(), picture).fetch(output).run()) {
      return floats((TFloat32) result.get(0));
    }
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertThat(norm).isPositive();
    assertThat(Math.sqrt(difference / norm)).isCloseTo(0, within(3e-5));
  }
}
