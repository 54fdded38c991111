package io.stylegraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.TinyModelCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a model's folder can be wrong. */
class BadModelTest {
  private static final String AGAIN = "export it again with `make export`";

  @TempDir private Path folder;
  private TestJob job;
  private TinyModelCopy model;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
    model = new TinyModelCopy(folder.resolve("model"));
    job.with("--model", model.folder());
  }

  @Test
  void missing_empty_or_a_file() throws IOException {
    job.with("--model", job.file("absent"))
        .refused("absent: no such model folder; make one with `make export`");
    job.with("--model", Files.createDirectory(job.file("empty")))
        .refused("empty: is no SavedModel: it has no saved_model.pb", "model.export(folder)");
    job.with("--model", job.file("content.png")).refused("content.png: is a file, not a model");
  }

  @Test
  void a_model_input_beside_a_manifest() {
    job.with("--model-input", "caffe")
        .refused("model: its manifest.json says what its network takes; leave --model-input");
    job.with("--model-input", "imagenet")
        .refused("model-input (imagenet) is unknown; choose one of: caffe, torch, tf, none, unit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "no JSON", "null", "[]", "7", "{\"schemaVersion\": 1}"})
  void manifests_that_are_none(String text) {
    model.write("manifest.json", text.getBytes(UTF_8));
    job.refused("model: manifest.json ", AGAIN);
  }

  @Test
  void a_newer_schema_is_named_even_if_its_fields_are_others() {
    model.write("manifest.json", "{\"schemaVersion\": 2, \"layers\": 5}".getBytes(UTF_8));
    job.refused("manifest.json has schemaVersion 2 and this version reads 1", AGAIN);
    model.write("manifest.json", "{\"layers\": 5}".getBytes(UTF_8));
    job.refused("manifest.json has schemaVersion (none) and this version reads 1", AGAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "architecture",
        "weights",
        "preprocessing",
        "featureUnits",
        "input",
        "layers",
        "files",
        "writtenBy"
      })
  void missing_fields_are_named(String field) {
    model.editManifest(manifest -> manifest.remove(field));
    job.refused("manifest.json has no " + field + "; " + AGAIN);
    model.editManifest(manifest -> manifest.putNull(field));
    job.refused("manifest.json has no " + field + "; " + AGAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "tensor", "preactivation", "channels", "stride"})
  void missing_fields_of_a_layer(String field) {
    model.editLayers(layers -> ((ObjectNode) layers.get(3)).remove(field));
    job.refused("model: manifest.json ", AGAIN);
  }

  @Test
  void fields_of_another_kind() {
    model.editManifest(manifest -> manifest.put("name", 7));
    job.refused("model: manifest.json is damaged; " + AGAIN);
    model.editManifest(manifest -> manifest.put("name", "tiny-vgg").put("files", "none"));
    job.refused("model: manifest.json is damaged; " + AGAIN);
    model.editManifest(manifest -> manifest.putArray("layers").add("block1_conv1"));
    job.refused("model: manifest.json is damaged; " + AGAIN);
  }

  @Test
  void unknown_feature_units() {
    model.editManifest(manifest -> manifest.put("featureUnits", "caffe"));
    job.refused(
        "model: manifest.json: featureUnits (caffe) is unknown; choose one of: keras, torch");
  }

  @Test
  void layers_that_make_no_sense() {
    for (String field : new String[] {"channels", "stride"}) {
      model.editLayers(layers -> ((ObjectNode) layers.get(3)).put(field, 0));
      job.refused("manifest.json has no layers, one twice, or one without channels or stride");
      model.editLayers(layers -> ((ObjectNode) layers.get(3)).put(field, 2));
    }
    model.editLayers(layers -> layers.add(layers.get(0)));
    job.refused("manifest.json has no layers, one twice, or one without channels or stride");
    model.editLayers(layers -> layers.removeAll().addNull());
    job.refused("manifest.json", AGAIN);
    model.editLayers(layers -> layers.removeAll());
    job.refused("manifest.json has no layers, one twice, or one without channels or stride");
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModelCopy.GRAPH, TinyModelCopy.INDEX, TinyModelCopy.DATA})
  void damaged_files(String name) {
    byte[] whole = model.bytes(name);
    byte[] flipped = whole.clone();
    flipped[flipped.length / 2] ^= 1;
    for (byte[] damaged :
        new byte[][] {flipped, random(whole.length), Arrays.copyOf(whole, whole.length / 2), {}}) {
      model.write(name, damaged);
      job.refused("model: " + name + " is damaged (its SHA-256 has changed); " + AGAIN);
    }
    model.delete(name);
    job.refused("model: has no " + name, AGAIN);
  }

  @Test
  void a_manifest_without_checksums() {
    model.editManifest(manifest -> ((ObjectNode) manifest.get("files")).removeAll());
    job.refused("manifest.json has no checksum of saved_model.pb", AGAIN);
  }

  @Test
  void graphs_that_are_none_though_their_checksum_is_right() {
    byte[] whole = model.bytes(TinyModelCopy.GRAPH);
    for (byte[] damaged : new byte[][] {random(1000), Arrays.copyOf(whole, whole.length / 2), {}}) {
      model.forge(TinyModelCopy.GRAPH, damaged);
      job.refused("model: saved_model.pb ", AGAIN);
    }
  }

  @Test
  void tensors_that_the_graph_has_not() {
    for (String tensor : new String[] {"other:0", "block2_conv2", "block2_conv2:1", ""}) {
      model.editLayers(layers -> ((ObjectNode) layers.get(3)).put("tensor", tensor));
      job.refused("its graph has no tensor " + tensor + ", which the manifest names");
    }
  }

  @Test
  void layers_of_the_recipe_that_are_missing_and_those_that_exist() {
    model.editLayers(layers -> layers.remove(13));
    model.editLayers(layers -> layers.remove(0));
    job.refused(
        "model tiny-vgg has no layer block1_conv1, block5_conv2; it has: block1_conv2, block2_conv1",
        "block5_conv1");
  }

  @Test
  void layers_are_looked_for_before_pictures_are_read() {
    model.editLayers(layers -> layers.remove(13));
    job.with("--content", job.file("absent.png")).refused("has no layer block5_conv2");
  }

  @Test
  void inspect_refuses_them_too() {
    model.write("manifest.json", new byte[0]);
    for (String option : new String[] {"--style", "--content", "--output", "--steps"}) {
      job.without(option);
    }
    job.refusedBy("inspect", "manifest.json", AGAIN);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
