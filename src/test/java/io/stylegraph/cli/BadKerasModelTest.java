package io.stylegraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stylegraph.TinyKeras;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Each way in which a SavedModel without manifest can be of no use. */
class BadKerasModelTest {
  private static final String GRAPH = "saved_model.pb";

  @TempDir private Path folder;
  private TestJob job;
  private Path model;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
    model = TinyKeras.copy("save", folder.resolve("model"));
    job.with("--model", model).with("--model-input", "unit");
  }

  @Test
  void what_it_takes_is_never_guessed() {
    job.without("--model-input")
        .refused(
            "model: has no manifest.json, so say what its network takes with --model-input",
            "caffe (VGG and ResNet), torch (DenseNet), tf (MobileNet",
            "none (EfficientNet",
            "unit (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg.h5", "vgg.keras", "VGG.HDF5"})
  void keras_files(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "no folder");
    job.with("--model", file).refused(name + ": is a Keras file", "`model.export(folder)`");
  }

  @Test
  void files_that_are_missing_or_damaged() throws IOException {
    byte[] index = Files.readAllBytes(model.resolve("variables/variables.index"));
    Files.write(model.resolve("variables/variables.index"), new byte[] {1, 2, 3});
    job.refused("model: its variables cannot be read");
    Files.write(model.resolve("variables/variables.index"), index);
    Files.delete(model.resolve("variables/variables.data-00000-of-00001"));
    job.refused("model: has no variables/variables.data-*", "model.export(folder)");
    Files.delete(model.resolve("variables/variables.index"));
    job.refused("model: is no SavedModel: it has no variables/variables.index");
    Files.write(model.resolve("variables/variables.index"), index);
    Files.write(model.resolve("variables/variables.data-00000-of-00001"), index);
    Files.write(model.resolve(GRAPH), "no graph".getBytes(UTF_8));
    job.refused("model: saved_model.pb is no SavedModel", "model.export(folder)");
    Files.write(model.resolve(GRAPH), new byte[0]);
    job.refused("model: saved_model.pb holds no graph");
  }

  @Test
  void a_checkpoint_that_lacks_a_variable() {
    edit(
        graph ->
            graph
                .getObjectGraphDefBuilder()
                .getNodesBuilderList()
                .forEach(
                    node ->
                        node.getChildrenBuilderList().stream()
                            .filter(child -> child.getLocalName().equals("_kernel"))
                            .forEach(child -> child.setLocalName("other"))));
    job.refused("model: its checkpoint lacks the variable ");
  }

  @Test
  void signatures_that_leave_a_choice_or_none() {
    edit(
        graph -> {
          SignatureDef signature = graph.getSignatureDefOrThrow("serving_default");
          graph.removeSignatureDef("serving_default");
          graph.putSignatureDef("encode", signature).putSignatureDef("decode", signature);
        });
    job.refused("model: has the signatures decode, encode and none called serving_default");
    edit(graph -> graph.clearSignatureDef());
    job.refused("model: has no signature");
  }

  @Test
  void inputs_that_are_no_pictures() {
    input(input -> input.setDtype(DataType.DT_UINT8));
    job.refused("is uint8, not float32");
    input(input -> input.setDtype(DataType.DT_HALF));
    job.refused("is half, not float32");
    input(input -> input.setDtype(DataType.DT_FLOAT).setTensorShape(shape(-1, 3, 224, 224)));
    job.refused("takes pictures with the channels first, [any, 3, 224, 224]", "channels_last");
    input(input -> input.setTensorShape(shape(-1, 28, 28, 1)));
    job.refused("is [any, 28, 28, 1], not RGB pictures");
    input(input -> input.setTensorShape(shape(-1, 128)));
    job.refused("is [any, 128], not pictures");
    edit(
        graph -> {
          SignatureDef signature = graph.getSignatureDefOrThrow("serving_default");
          TensorInfo input = signature.getInputsMap().values().iterator().next();
          graph.putSignatureDef(
              "serving_default", signature.toBuilder().putInputs("mask", input).build());
        });
    job.refused("model: takes 2 inputs (", "mask", "), not one picture");
  }

  @Test
  void a_function_that_is_not_there() {
    edit(graph -> graph.getGraphDefBuilder().clearLibrary());
    job.refused("model: its functions cannot be read: there is no function ");
  }

  @Test
  void layers_that_it_has_not_and_one_that_has_no_gradient() {
    job.refused("model model has no layer block1_conv1", "it has: conv, conv_bn, conv_relu");
    job.with("--style-layers", "conv")
        .with("--content-layers", "logged")
        .refused("layer logged cannot be used: op tiny_1/logged_1/LogSoftmax (LogSoftmax)");
  }

  @Test
  void a_picture_that_is_too_small() {
    job.with("--style-layers", "conv").with("--content-layers", "pool").with("--size", "4");
    job.refused("content.png", "5");
  }

  private void input(Consumer<TensorInfo.Builder> change) {
    edit(
        graph -> {
          SignatureDef.Builder signature =
              graph.getSignatureDefOrThrow("serving_default").toBuilder();
          String key = signature.getInputsMap().keySet().iterator().next();
          TensorInfo.Builder input = signature.getInputsOrThrow(key).toBuilder();
          change.accept(input);
          graph.putSignatureDef("serving_default", signature.putInputs(key, input.build()).build());
        });
  }

  private void edit(Consumer<MetaGraphDef.Builder> change) {
    try {
      SavedModel.Builder saved =
          SavedModel.parseFrom(Files.readAllBytes(model.resolve(GRAPH))).toBuilder();
      change.accept(saved.getMetaGraphsBuilder(0));
      Files.write(model.resolve(GRAPH), saved.build().toByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static TensorShapeProto shape(int... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }
}
