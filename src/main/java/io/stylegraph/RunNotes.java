package io.stylegraph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Ints;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.PictureException;
import io.stylegraph.image.PictureNotes;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import io.stylegraph.recipe.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.tensorflow.TensorFlow;

/**
 * The settings that a picture was made with, as its file keeps them: one JSON object, beside the
 * parts here with the versions of the programs and the names, without folders, of the files that
 * went in. What is not known here is left aside, so that parts can be added; those that are absent
 * have their defaults.
 *
 * @param recipe whole, with the changes that options made
 * @param size as in {@link StyleTransferRequest}
 * @param seed likewise
 * @param colours likewise
 * @param strength likewise
 * @param precision that was asked for
 * @param model its name
 * @param checksum of the model's files, as {@link #checksum} gives it
 */
public record RunNotes(
    Recipe recipe,
    int size,
    long seed,
    ColourKeeping colours,
    OptionalDouble strength,
    Precision precision,
    String model,
    String checksum) {
  /** What is written, and the newest that is read. */
  public static final int SCHEMA_VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  public RunNotes {
    Settings.inRange("size", size, 0, StyleTransferRequest.MAX_SIZE);
  }

  /** The JSON for {@link io.stylegraph.image.WriteSettings}: a job's settings and its model. */
  public static String text(StyleTransferRequest request, Manifest model) {
    ObjectNode notes = JSON.createObjectNode().put("schemaVersion", SCHEMA_VERSION);
    notes.put("stylegraph", version()).put("tensorflow", TensorFlow.version());
    notes
        .putObject("model")
        .put("name", model.name())
        .put("weights", model.weights().kind())
        .put("sha256", checksum(model));
    notes.put("size", request.size()).put("seed", request.seed());
    notes.put("colours", Settings.word(request.colours()));
    request.strength().ifPresent(it -> notes.put("strength", it));
    notes.put("precision", Settings.word(request.compute().precision()));
    fileName(request.content()).ifPresent(it -> notes.put("content", it));
    request.start().flatMap(RunNotes::fileName).ifPresent(it -> notes.put("start", it));
    request.styles().forEach(it -> describe(it, notes.withArray("styles")));
    request.regions().forEach(it -> notes.withArray("regions").add(it.name()));
    notes.set("recipe", tree(request.recipe()));
    return notes.toString();
  }

  /**
   * The settings in a picture's file.
   *
   * @throws PictureException if it cannot be read or has none
   * @throws InvalidSettingException if they are damaged or of a newer schema
   */
  public static RunNotes read(Path picture) {
    String json =
        PictureNotes.read(picture)
            .orElseThrow(
                () ->
                    new PictureException(
                        picture.toString(),
                        "holds no settings; name a PNG, JPEG or TIFF as stylize wrote it"));
    return parse(json, picture.toString());
  }

  /** One SHA-256 of the model's files: of its manifest's, by path. */
  public static String checksum(Manifest model) {
    return Hashing.sha256()
        .hashString(new TreeMap<>(model.files()).toString(), StandardCharsets.UTF_8)
        .toString();
  }

  private static RunNotes parse(String json, String source) {
    try {
      JsonNode notes = JSON.readTree(json);
      JsonNode version = notes.path("schemaVersion");
      if (!version.isInt()) {
        throw damaged(source, "they have no schemaVersion");
      }
      requireKnown(version.intValue(), source);
      return of(notes, source);
    } catch (JsonProcessingException e) {
      throw damaged(source, "they are no JSON");
    }
  }

  private static void requireKnown(int version, String source) {
    if (version > SCHEMA_VERSION) {
      throw new InvalidSettingException(
          "schemaVersion",
          "the settings in %s are of schema %d, and this program reads %d only; use a newer one"
              .formatted(source, version, SCHEMA_VERSION));
    }
  }

  private static RunNotes of(JsonNode notes, String source) {
    Recipe recipe = RecipeFile.parse(notes.path("recipe").toString(), "the recipe in " + source);
    JsonNode strength = notes.path("strength");
    try {
      return new RunNotes(
          recipe,
          Ints.saturatedCast(whole(notes, "size")),
          whole(notes, "seed"),
          Settings.choice("colours", ColourKeeping.class, notes.path("colours").asText("none")),
          strength.isNumber() ? OptionalDouble.of(strength.doubleValue()) : OptionalDouble.empty(),
          Settings.choice("precision", Precision.class, notes.path("precision").asText("auto")),
          notes.path("model").path("name").asText(),
          notes.path("model").path("sha256").asText());
    } catch (InvalidSettingException e) {
      throw damaged(source, String.valueOf(e.getMessage()));
    }
  }

  /** A whole number, which must be there. */
  private static long whole(JsonNode notes, String name) {
    JsonNode value = notes.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new InvalidSettingException(name, name + " is no whole number");
    }
    return value.longValue();
  }

  private static InvalidSettingException damaged(String source, String problem) {
    return new InvalidSettingException(
        "notes",
        "the settings in %s are damaged: %s; name a picture as stylize wrote it"
            .formatted(source, problem));
  }

  private static void describe(StyleSource style, ArrayNode styles) {
    ObjectNode node = styles.addObject();
    fileName(style.picture()).ifPresent(it -> node.put("picture", it));
    node.put("weight", style.weight()).put("scale", style.scale());
    style.region().ifPresent(it -> node.put("region", it));
    style.layers().forEach(it -> node.withArray("layers").add(it));
  }

  private static Optional<String> fileName(PictureSource source) {
    if (source instanceof PictureSource.Remote remote) {
      return Optional.of(remote.label().substring(remote.label().lastIndexOf('/') + 1));
    }
    return source instanceof PictureSource.File file
        ? Optional.ofNullable(file.file().getFileName()).map(Path::toString)
        : Optional.empty();
  }

  /** A recipe with every part. */
  static JsonNode tree(Recipe recipe) {
    try {
      return JSON.readTree(RecipeFile.text(recipe));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // Of our own making.
    }
  }

  /** The program's version; {@code unknown} where it runs from no jar. */
  public static String version() {
    String version = RunNotes.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
