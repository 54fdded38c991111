package io.stylegraph;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A copy of {@link TinyModel} that a test may damage. */
public final class TinyModelCopy {
  public static final String GRAPH = "saved_model.pb";
  public static final String INDEX = "variables/variables.index";
  public static final String DATA = "variables/variables.data-00000-of-00001";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /** Copies the model into a new folder. */
  public TinyModelCopy(Path folder) {
    this.folder = folder;
    try (Stream<Path> files = Files.walk(TinyModel.folder())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, folder.resolve(TinyModel.folder().relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  public byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(String name, byte[] bytes) {
    try {
      Files.write(file(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void delete(String name) {
    try {
      Files.delete(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file and its checksum, as someone would who knows about the checksum. */
  public void forge(String name, byte[] bytes) {
    write(name, bytes);
    String sha256 = Hashing.sha256().hashBytes(bytes).toString();
    editManifest(manifest -> ((ObjectNode) manifest.get("files")).put(name, sha256));
  }

  public void editManifest(Consumer<ObjectNode> change) {
    try {
      ObjectNode manifest = (ObjectNode) JSON.readTree(bytes("manifest.json"));
      change.accept(manifest);
      write("manifest.json", JSON.writeValueAsBytes(manifest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void editLayers(Consumer<ArrayNode> change) {
    editManifest(manifest -> change.accept((ArrayNode) manifest.get("layers")));
  }
}
