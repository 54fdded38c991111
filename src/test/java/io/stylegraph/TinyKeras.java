package io.stylegraph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The committed Keras models without manifest, and what Keras computes of them. */
public final class TinyKeras {
  public static final int HEIGHT = 13;
  public static final int WIDTH = 11;
  public static final List<String> WAYS = List.of("export", "save");

  private static final JsonNode EXPECTED = read();

  private TinyKeras() {}

  /** The folder that {@code model.export} or {@code tf.saved_model.save} wrote. */
  public static Path folder(String way) {
    return root().resolve(way);
  }

  /** A copy of it that a test may damage. */
  public static Path copy(String way, Path to) {
    try (Stream<Path> files = Files.walk(folder(way))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(folder(way).relativize(file).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RGB in 0-255, [{@value #HEIGHT}, {@value #WIDTH}, 3]. */
  public static float[] picture() {
    return floats(EXPECTED.get("picture"));
  }

  /** The features of the picture, taken in 0-1. */
  public static float[] features(String layer) {
    return floats(EXPECTED.get("layers").get(layer));
  }

  /** Of the mean square of {@code dilated} with respect to the picture. */
  public static float[] gradient() {
    return floats(EXPECTED.get("gradient"));
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers.get(i).asDouble();
    }
    return values;
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(root().resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    try {
      return Path.of(TinyKeras.class.getResource("/tiny-keras").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
