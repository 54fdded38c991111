package io.stylegraph.spark;

import io.stylegraph.error.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A model's folder as one file, since Spark brings executors no folders. */
final class ModelArchive implements AutoCloseable {
  private final Path file;

  /**
   * Packs a model into a temporary file.
   *
   * @throws ModelException if it cannot be read, or the file not written
   */
  ModelArchive(Path model) {
    try {
      file = Files.createTempFile("stylegraph-model-", ".zip");
      file.toFile().deleteOnExit();
      pack(model.toRealPath(), file);
    } catch (IOException e) {
      throw new ModelException(
          model, "cannot be packed for the executors (%s); check the free space".formatted(e));
    }
  }

  Path file() {
    return file;
  }

  /** As executors find it. */
  String name() {
    return file.getFileName().toString();
  }

  @Override
  public void close() {
    file.toFile().delete();
  }

  private static void pack(Path model, Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
        Stream<Path> files = Files.walk(model)) {
      // Weights hardly shrink.
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(model.relativize(one).toString().replace('\\', '/')));
        Files.copy(one, zip);
      }
    }
  }
}
