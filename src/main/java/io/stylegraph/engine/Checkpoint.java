package io.stylegraph.engine;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.stylegraph.error.CheckpointException;
import io.stylegraph.optim.OptimizerState;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file tells of the run that it is of, and that {@link RunOptions#withResume} continues. The
 * arrays are left on the disk until that run begins.
 */
public final class Checkpoint {
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Double>> NUMBERS = new TypeReference<>() {};

  private final Path file;
  private final JsonNode header;

  private Checkpoint(Path file, JsonNode header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Reads and checks a file.
   *
   * @throws CheckpointException if it cannot be read, is no checkpoint, damaged, or of a newer
   *     program
   */
  public static Checkpoint read(Path file) {
    return new Checkpoint(file, CheckpointReader.read(file).header());
  }

  /** The last step that was done. */
  public int step() {
    return header.get("step").intValue();
  }

  /** The seconds that the run had taken. */
  public double seconds() {
    return header.get("seconds").doubleValue();
  }

  /** The run's recipe, with its every number. */
  public Recipe recipe() {
    return RecipeFile.parse(header.get("recipe").toString());
  }

  /** What the run computed on and with. */
  String compute() {
    return header.get("compute").asText();
  }

  /** The number of the size that the run was at, from 0. */
  int stage() {
    return header.get("stage").intValue();
  }

  /** How many resets the run had used. */
  int resets() {
    return header.get("resets").intValue();
  }

  /**
   * Refuses what is not of this run.
   *
   * @throws CheckpointException that says what differs
   */
  void require(RunIdentity identity) {
    identity.require(identity(), file);
  }

  /**
   * Reads the arrays too.
   *
   * @throws CheckpointException as {@link #read} does
   */
  RunState state() {
    CheckpointReader reader = CheckpointReader.readArrays(file);
    return new Checkpoint(file, reader.header()).state(reader.floats(), reader.doubles());
  }

  private RunIdentity identity() {
    return new RunIdentity(
        recipe(),
        header.get("model").asText(),
        CheckpointFormat.JSON.convertValue(header.get("inputs"), TEXTS));
  }

  private RunState state(Map<String, float[]> floats, Map<String, double[]> doubles) {
    return new RunState(
        compute(),
        stage(),
        step(),
        seconds(),
        resets(),
        losses("first"),
        losses("best"),
        new Values(Objects.requireNonNull(floats.get(CheckpointFormat.BEST))),
        new OptimizerState(
            CheckpointFormat.JSON.convertValue(header.get("numbers"), NUMBERS),
            under(CheckpointFormat.PRODUCTS, doubles),
            under(CheckpointFormat.VECTOR, floats)),
        Optional.ofNullable(floats.get(CheckpointFormat.AVERAGE))
            .map(sum -> new IterateAverage.State(sum, header.get("averaged").intValue())));
  }

  private Losses losses(String name) {
    JsonNode terms = header.get(name);
    return new Losses(
        terms.get(0).asDouble(),
        terms.get(1).asDouble(),
        terms.get(2).asDouble(),
        terms.get(3).asDouble());
  }

  private static <T> Map<String, T> under(String prefix, Map<String, T> arrays) {
    Map<String, T> found = new HashMap<>();
    arrays.forEach(
        (name, values) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), values);
          }
        });
    return found;
  }
}
