package io.stylegraph.engine;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.error.CheckpointException;
import io.stylegraph.recipe.Recipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must be the same for a run to go on from a checkpoint; but for the device, precision and
 * threads, which may be others.
 *
 * @param recipe with its every number
 * @param model a checksum of its files
 * @param inputs as {@link InputChecksums} has them
 */
record RunIdentity(Recipe recipe, String model, Map<String, String> inputs) {
  /** That of a run. */
  static RunIdentity of(Backbone backbone, Recipe recipe, TransferPictures pictures) {
    return new RunIdentity(recipe, model(backbone.manifest()), InputChecksums.of(pictures));
  }

  /** A checksum of the model's files, whatever their folder. */
  private static String model(Manifest manifest) {
    Hasher hasher = Hashing.sha256().newHasher();
    new TreeMap<>(manifest.files())
        .forEach(
            (name, sha256) -> hasher.putString(name + " " + sha256 + "\n", StandardCharsets.UTF_8));
    return hasher.hash().toString();
  }

  /**
   * Refuses a checkpoint of another run than this.
   *
   * @throws CheckpointException that says what differs
   */
  void require(RunIdentity saved, Path file) {
    if (!saved.model.equals(model)) {
      throw new CheckpointException(
          file, "is of a run with another model; give the same --model, or leave out --resume");
    }
    if (!saved.recipe.equals(recipe)) {
      throw new CheckpointException(
          file,
          "is of a run with another recipe (%s); give the same settings, or leave out --resume"
              .formatted(RecipeDifference.of(saved.recipe, recipe)));
    }
    requireInputs(saved, file);
  }

  private void requireInputs(RunIdentity saved, Path file) {
    if (!saved.inputs.keySet().equals(inputs.keySet())) {
      throw new CheckpointException(
          file,
          "is of a run with the pictures %s, and this one has %s; give the same, or leave out"
                  .formatted(names(saved.inputs), names(inputs))
              + " --resume");
    }
    for (Map.Entry<String, String> input : inputs.entrySet()) {
      String before = saved.inputs.getOrDefault(input.getKey(), "");
      if (!before.equals(input.getValue())) {
        throw new CheckpointException(file, problem(input.getKey(), before, input.getValue()));
      }
    }
  }

  private static String problem(String input, String before, String now) {
    return "is of a run whose %s %s; give the same pictures, --size and --seed, or leave out"
            .formatted(input, InputChecksums.difference(before, now))
        + " --resume";
  }

  private static String names(Map<String, String> inputs) {
    return inputs.keySet().stream().collect(Collectors.joining(", "));
  }
}
