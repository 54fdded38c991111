package io.stylegraph.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.RecipeFile;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a run's state to a file, whole or not at all, also if the machine stops: to a temporary
 * file beside it of a fixed name, which is forced to the disk and then moved into place.
 */
final class CheckpointWriter {
  private final RunIdentity identity;
  private final RunState state;
  private final Map<String, float[]> floats = new LinkedHashMap<>();
  private final Map<String, double[]> doubles = new LinkedHashMap<>();

  private CheckpointWriter(RunIdentity identity, RunState state) {
    this.identity = identity;
    this.state = state;
    floats.put(CheckpointFormat.BEST, state.bestValues().array());
    state.average().ifPresent(it -> floats.put(CheckpointFormat.AVERAGE, it.sum()));
    state
        .optimizer()
        .vectors()
        .forEach((name, vector) -> floats.put(CheckpointFormat.VECTOR + name, vector));
    state
        .optimizer()
        .products()
        .forEach((name, products) -> doubles.put(CheckpointFormat.PRODUCTS + name, products));
  }

  /** Replaces {@code file}; a symbolic link keeps being one. */
  static void write(Path file, RunIdentity identity, RunState state) throws IOException {
    Path target = target(file);
    Path temporary = temporary(target);
    try {
      // Not through a channel, which an interrupt would close: a run ends so with a checkpoint.
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        new CheckpointWriter(identity, state).write(out);
        out.getFD().sync();
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(target.resolveSibling(""));
  }

  /** Deletes what a program that was killed while it wrote {@code file} left beside it. */
  static void clean(Path file) {
    try {
      Files.deleteIfExists(temporary(target(file)));
    } catch (IOException e) {
      // The next one is written over it.
    }
  }

  private static Path target(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".tmp");
  }

  /** So that the move lasts too; some systems have no such thing. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole in any case, the old one or the new.
    }
  }

  private void write(OutputStream out) throws IOException {
    byte[] header = CheckpointFormat.bytes(header());
    DigestOutputStream digested =
        new DigestOutputStream(new BufferedOutputStream(out), CheckpointFormat.digest());
    digested.write(CheckpointFormat.prefix(header.length));
    digested.write(header);
    for (float[] values : floats.values()) {
      RawNumbers.write(digested, values);
    }
    for (double[] values : doubles.values()) {
      RawNumbers.write(digested, values);
    }
    digested.on(false);
    digested.write(digested.getMessageDigest().digest());
    digested.flush();
  }

  private ObjectNode header() throws JsonProcessingException {
    ObjectNode header =
        CheckpointFormat.JSON
            .createObjectNode()
            .put(CheckpointFormat.VERSION, CheckpointFormat.SCHEMA_VERSION)
            .put("program", CheckpointFormat.program())
            .put("model", identity.model())
            .put("compute", state.compute())
            .put("stage", state.stage())
            .put("step", state.step())
            .put("seconds", state.seconds())
            .put("resets", state.resets());
    header.set("recipe", CheckpointFormat.JSON.readTree(RecipeFile.text(identity.recipe())));
    header.set("inputs", CheckpointFormat.JSON.valueToTree(identity.inputs()));
    header.set("first", losses(state.first()));
    header.set("best", losses(state.best()));
    state.average().ifPresent(it -> header.put("averaged", it.count()));
    header.set("numbers", CheckpointFormat.JSON.valueToTree(state.optimizer().numbers()));
    ArrayNode arrays = header.putArray(CheckpointFormat.ARRAYS);
    floats.forEach(
        (name, values) -> describe(arrays, name, CheckpointFormat.FLOATS, values.length));
    doubles.forEach(
        (name, values) -> describe(arrays, name, CheckpointFormat.DOUBLES, values.length));
    return header;
  }

  private static ArrayNode losses(Losses losses) {
    return CheckpointFormat.JSON
        .createArrayNode()
        .add(losses.total())
        .add(losses.content())
        .add(losses.style())
        .add(losses.tv());
  }

  private static void describe(ArrayNode arrays, String name, String type, int length) {
    arrays
        .addObject()
        .put(CheckpointFormat.NAME, name)
        .put(CheckpointFormat.TYPE, type)
        .put(CheckpointFormat.LENGTH, length);
  }
}
