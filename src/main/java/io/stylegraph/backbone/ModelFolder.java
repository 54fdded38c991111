package io.stylegraph.backbone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.protobuf.InvalidProtocolBufferException;
import io.stylegraph.error.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** Reads and checks a model's folder; nothing of it reaches TensorFlow before that. */
final class ModelFolder {
  static final String EXPORT_AGAIN = "export it again with `make export`";

  /** What {@link Backbone#restore} reads. */
  private static final String VARIABLES = "variables/variables";

  private static final ImmutableList<String> CHECKED =
      ImmutableList.of("saved_model.pb", VARIABLES + ".index");

  private final Path folder;

  ModelFolder(Path folder) {
    this.folder = folder;
    if (!Files.exists(folder)) {
      throw new ModelException(folder, "no such model folder; make one with `make export`");
    }
    if (!Files.isDirectory(folder)) {
      throw new ModelException(folder, "is a file, not a model folder");
    }
  }

  /** The manifest, of a schema that this version knows. */
  Manifest manifest() {
    Path file = require("manifest.json");
    try {
      JsonFields json = JsonFields.parse(Files.readAllBytes(file));
      requireSchema(json);
      Manifest manifest = Manifest.of(json);
      requireSense(manifest);
      return manifest;
    } catch (JsonFields.Missing e) {
      throw new ModelException(
          folder, "manifest.json has no %s; %s".formatted(e.field(), EXPORT_AGAIN), e);
    } catch (JsonProcessingException e) {
      throw new ModelException(folder, "manifest.json is damaged; " + EXPORT_AGAIN, e);
    } catch (IOException e) {
      throw new ModelException(folder, "manifest.json cannot be read: " + e.getMessage(), e);
    }
  }

  /** Compares every file that the manifest names with its checksum. */
  void verify(Map<String, String> checksums) {
    checksums.forEach(
        (name, sha256) -> {
          Path file = require(name);
          if (!sha256(file).equals(sha256)) {
            throw new ModelException(
                folder, name + " is damaged (its SHA-256 has changed); " + EXPORT_AGAIN);
          }
        });
  }

  /** The one graph of {@code saved_model.pb}. */
  MetaGraphDef metaGraph() {
    Path file = require("saved_model.pb");
    try {
      SavedModel model = SavedModel.parseFrom(Files.readAllBytes(file));
      if (model.getMetaGraphsCount() == 0) {
        throw new ModelException(folder, "saved_model.pb holds no graph; " + EXPORT_AGAIN);
      }
      return model.getMetaGraphs(0);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(folder, "saved_model.pb is no SavedModel; " + EXPORT_AGAIN, e);
    } catch (IOException e) {
      throw new ModelException(folder, "saved_model.pb cannot be read: " + e.getMessage(), e);
    }
  }

  /** What the restore op wants: the variables' path without an ending. */
  Path variables() {
    return folder.resolve(VARIABLES);
  }

  /** Before anything else is read: another schema may have other fields. */
  private void requireSchema(JsonFields json) {
    String version = json.has("schemaVersion") ? json.words("schemaVersion") : "(none)";
    if (!version.equals(String.valueOf(Manifest.SCHEMA_VERSION))) {
      throw new ModelException(
          folder,
          "manifest.json has schemaVersion %s and this version reads %d; %s"
              .formatted(version, Manifest.SCHEMA_VERSION, EXPORT_AGAIN));
    }
  }

  private void requireSense(Manifest manifest) {
    List<Manifest.Layer> layers = manifest.layers();
    boolean positive =
        !layers.isEmpty() && layers.stream().allMatch(it -> it.channels() > 0 && it.stride() > 0);
    if (!positive || layers.stream().map(Manifest.Layer::name).distinct().count() < layers.size()) {
      throw new ModelException(
          folder,
          "manifest.json has no layers, one twice, or one without channels or stride; "
              + EXPORT_AGAIN);
    }
    for (String name : CHECKED) {
      if (!manifest.files().containsKey(name)) {
        throw new ModelException(
            folder, "manifest.json has no checksum of %s; %s".formatted(name, EXPORT_AGAIN));
      }
    }
  }

  private Path require(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelException(folder, "has no " + name + "; " + EXPORT_AGAIN);
    }
    return file;
  }

  private String sha256(Path file) {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    } catch (IOException e) {
      throw new ModelException(folder, file.getFileName() + " cannot be read", e);
    }
  }
}
