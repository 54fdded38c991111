package io.stylegraph.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import io.stylegraph.TinyModel;
import io.stylegraph.TinyModelCopy;
import io.stylegraph.error.MissingLayersException;
import io.stylegraph.error.ModelException;
import io.stylegraph.recipe.Activation;
import io.stylegraph.recipe.FeatureUnits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;

/** The model as the engine uses it. How it is refused on the command line is tested there. */
class BackboneTest {
  private static final Backbone TINY = Backbone.load(TinyModel.folder());

  @TempDir private Path folder;

  @Test
  void the_manifest_is_read_whole() {
    Manifest manifest = TINY.manifest();
    assertThat(manifest.schemaVersion()).isEqualTo(Manifest.SCHEMA_VERSION);
    assertThat(manifest.name()).isEqualTo("tiny-vgg");
    assertThat(manifest.weights().kind()).isEqualTo("random");
    assertThat(manifest.weights().sha256()).hasSize(64);
    assertThat(manifest.preprocessing().mean()).containsExactly(103.939, 116.779, 123.68);
    assertThat(manifest.preprocessing().scale()).containsExactly(1.0);
    assertThat(TINY.units()).isEqualTo(FeatureUnits.KERAS);
    assertThat(manifest.calibration()).isNull();
    assertThat(manifest.layers())
        .hasSize(14)
        .contains(
            new Manifest.Layer(
                "block3_conv2", "block3_conv2:0", "block3_conv2/preactivation:0", 8, 4));
    assertThat(manifest.writtenBy()).containsKeys("tensorflow", "keras");
  }

  @Test
  void fields_that_a_later_version_adds_are_passed_over() {
    TinyModelCopy model = new TinyModelCopy(folder.resolve("model"));
    model.editManifest(manifest -> manifest.put("colour", "blue"));
    assertThat(Backbone.load(model.folder()).manifest()).isEqualTo(TINY.manifest());
  }

  @Test
  void a_calibration_may_be_there() {
    TinyModelCopy model = new TinyModelCopy(folder.resolve("model"));
    model.editManifest(
        manifest -> {
          var calibration = manifest.putObject("calibration").put("method", "mean Gram entry");
          calibration.putArray("photographs").add("astronaut");
          calibration.putArray("blockScales").add(1).add(5.63);
        });
    assertThat(Backbone.load(model.folder()).manifest().calibration())
        .isEqualTo(
            new Manifest.Calibration("mean Gram entry", List.of("astronaut"), List.of(1.0, 5.63)));
  }

  @Test
  void a_model_in_torch_units_scales_each_channel() {
    TinyModelCopy model = new TinyModelCopy(folder.resolve("model"));
    model.editManifest(
        manifest -> {
          manifest.put("featureUnits", "torch");
          manifest.withObject("/preprocessing").putArray("scale").add(0.017).add(0.018).add(0.019);
        });
    Backbone backbone = Backbone.load(model.folder());
    assertThat(backbone.units()).isEqualTo(FeatureUnits.TORCH);
    assertThat(backbone.manifest().preprocessing().scale()).containsExactly(0.017, 0.018, 0.019);
  }

  @Test
  void missing_layers_are_told_as_fields_too() {
    TINY.require(List.of("block1_conv1", "block5_conv2"));
    MissingLayersException refusal =
        catchThrowableOfType(
            MissingLayersException.class,
            () -> TINY.require(List.of("block1_conv1", "conv9", "block5_conv3")));
    assertThat(refusal.missing()).containsExactly("conv9", "block5_conv3");
    assertThat(refusal.existing()).hasSize(14).startsWith("block1_conv1").endsWith("block5_conv2");
    assertThat(refusal).hasMessageStartingWith("model tiny-vgg has no layer conv9, block5_conv3; ");
    assertThatThrownBy(() -> TINY.smallestSide(List.of("conv9")))
        .isInstanceOf(MissingLayersException.class);
  }

  @Test
  void the_smallest_side_is_the_deepest_layers_stride() {
    assertThat(TINY.smallestSide(List.of())).isEqualTo(1);
    assertThat(TINY.smallestSide(List.of("block1_conv2"))).isEqualTo(1);
    assertThat(TINY.smallestSide(List.of("block4_conv1", "block2_conv1"))).isEqualTo(8);
    assertThat(TINY.smallestSide(List.of("block5_conv2"))).isEqualTo(16);
  }

  @Test
  void a_part_of_the_network_is_imported_with_its_shapes_known() {
    try (Graph graph = new Graph()) {
      List<String> names = List.of("block2_conv1", "block1_conv1");
      Features features =
          TINY.importForPlaceholder(graph, "some", Shape.of(1, 32, 48, 3), names, Activation.POST);
      assertThat(features.layers()).containsOnlyKeys("block1_conv1", "block2_conv1");
      assertThat(features.layer("block1_conv1").shape()).isEqualTo(Shape.of(1, 32, 48, 4));
      assertThat(features.layer("block2_conv1").shape()).isEqualTo(Shape.of(1, 16, 24, 6));
      assertThat(graph.operation("some/block2_conv2")).isNull();
      assertThatThrownBy(() -> features.layer("block2_conv2"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("block2_conv2");
    }
  }

  @Test
  void two_imports_see_the_same_weights() {
    Shape shape = Shape.of(1, 16, 16, 3);
    List<String> names = List.of("block5_conv2");
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        TFloat32 picture =
            TFloat32.tensorOf(shape, data -> data.scalars().forEach(it -> it.setFloat(90)))) {
      Features one = TINY.importForPlaceholder(graph, "one", shape, names, Activation.POST);
      Features two = TINY.importForPlaceholder(graph, "two", shape, names, Activation.POST);
      TINY.importRestore(graph);
      TINY.restore(session);
      try (var result =
          session
              .runner()
              .feed(one.picture(), picture)
              .feed(two.picture(), picture)
              .fetch(one.layer("block5_conv2"))
              .fetch(two.layer("block5_conv2"))
              .run()) {
        float[] first = floats((TFloat32) result.get(0));
        assertThat(first).isEqualTo(floats((TFloat32) result.get(1)));
        assertThat(first).hasSize(8).isNotEqualTo(new float[8]);
      }
    }
  }

  @Test
  void weights_that_do_not_fit_the_graph_are_refused() {
    TinyModelCopy model = new TinyModelCopy(folder.resolve("model"));
    model.forge(TinyModelCopy.INDEX, new byte[] {1, 2, 3});
    Backbone forged = Backbone.load(model.folder());
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      forged.importRestore(graph);
      assertThatThrownBy(() -> forged.restore(session))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              model.folder()
                  + ": its weights cannot be restored; export it again with `make export`");
    }
  }

  @Test
  void operations_without_a_gradient_are_refused() throws InvalidProtocolBufferException {
    TinyModelCopy model = new TinyModelCopy(folder.resolve("model"));
    SavedModel.Builder saved = SavedModel.parseFrom(model.bytes(TinyModelCopy.GRAPH)).toBuilder();
    var graph = saved.getMetaGraphsBuilder(0).getGraphDefBuilder();
    for (NodeDef.Builder node : graph.getNodeBuilderList()) {
      if (node.getName().equals("block2_conv1")) {
        node.setOp("LogSoftmax");
      }
    }
    model.forge(TinyModelCopy.GRAPH, saved.build().toByteArray());
    Backbone forged = Backbone.load(model.folder());
    forged.require(List.of("block1_conv1", "block1_conv2"));
    assertThatThrownBy(() -> forged.require(List.of("block1_conv1", "block3_conv1")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            model.folder()
                + ": layer block3_conv1 cannot be used: op block2_conv1 (LogSoftmax) before it"
                + " cannot be differentiated here (TensorFlow's symbolic gradient of it is"
                + " wrong)");
  }

  private static float[] floats(TFloat32 features) {
    float[] values = new float[(int) features.size()];
    features.asRawTensor().data().asFloats().read(values);
    return values;
  }
}
