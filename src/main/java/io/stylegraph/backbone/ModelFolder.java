package io.stylegraph.backbone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.protobuf.InvalidProtocolBufferException;
import io.stylegraph.error.ModelException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** Reads and checks a model's folder; nothing of it reaches TensorFlow before that. */
final class ModelFolder {
  static final String EXPORT_AGAIN = "export it again with `make export`";
  static final String EXPORT_KERAS = "export it again with `model.export(folder)`";

  private static final String MANIFEST = "manifest.json";
  private static final String GRAPH = "saved_model.pb";

  private static final ImmutableList<String> KERAS_FILES =
      ImmutableList.of(".h5", ".hdf5", ".keras");

  private static final String VARIABLES_FOLDER = "variables/";

  /** What {@link Backbone#restore} reads. */
  private static final String VARIABLES = VARIABLES_FOLDER + "variables";

  private static final ImmutableList<String> CHECKED =
      ImmutableList.of(GRAPH, VARIABLES + ".index");

  private final Path folder;

  ModelFolder(Path folder) {
    this.folder = folder;
    if (!Files.exists(folder)) {
      throw new ModelException(folder, "no such model folder; make one with `make export`");
    }
    if (!Files.isDirectory(folder)) {
      String name = folder.toString().toLowerCase(Locale.ROOT);
      throw new ModelException(
          folder,
          KERAS_FILES.stream().anyMatch(name::endsWith)
              ? "is a Keras file, not a model folder; load it in Keras and write one with"
                  + " `model.export(folder)`"
              : "is a file, not a model folder");
    }
  }

  /** Whether it says of itself what it is. */
  boolean hasManifest() {
    return Files.exists(folder.resolve(MANIFEST));
  }

  /** The folder's own name. */
  String name() {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  /** An error of this folder. */
  ModelException refuse(String problem) {
    return new ModelException(folder, problem);
  }

  /** As above, with the cause that a log would want. */
  ModelException refuse(String problem, Throwable cause) {
    return new ModelException(folder, problem, cause);
  }

  /** SHA-256 by path inside the folder of what a SavedModel without manifest is made of. */
  Map<String, String> checksums() {
    Map<String, String> checksums = new TreeMap<>();
    for (String name : List.of(GRAPH, VARIABLES + ".index")) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new ModelException(
            folder, "is no SavedModel: it has no %s; %s".formatted(name, EXPORT_KERAS));
      }
      checksums.put(name, sha256(folder.resolve(name)));
    }
    try (DirectoryStream<Path> shards =
        Files.newDirectoryStream(variables().getParent(), "variables.data-*")) {
      shards.forEach(it -> checksums.put(VARIABLES_FOLDER + it.getFileName(), sha256(it)));
    } catch (IOException | DirectoryIteratorException e) {
      throw new ModelException(folder, "its variables cannot be read", e);
    }
    if (checksums.size() == 2) {
      throw new ModelException(folder, "has no variables/variables.data-*; " + EXPORT_KERAS);
    }
    return checksums;
  }

  /** The manifest, of a schema that this version knows. */
  Manifest manifest() {
    Path file = require(MANIFEST);
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
    Path file = require(GRAPH);
    try {
      SavedModel model = SavedModel.parseFrom(Files.readAllBytes(file));
      if (model.getMetaGraphsCount() == 0) {
        throw new ModelException(folder, "saved_model.pb holds no graph; " + exportAgain());
      }
      return model.getMetaGraphs(0);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(folder, "saved_model.pb is no SavedModel; " + exportAgain(), e);
    } catch (IOException e) {
      throw new ModelException(folder, "saved_model.pb cannot be read: " + e.getMessage(), e);
    }
  }

  /** What the restore op wants: the variables' path without an ending. */
  Path variables() {
    return folder.resolve(VARIABLES);
  }

  /** What to do about it if it is damaged. */
  String exportAgain() {
    return hasManifest() ? EXPORT_AGAIN : EXPORT_KERAS;
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
