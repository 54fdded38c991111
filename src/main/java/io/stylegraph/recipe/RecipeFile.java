package io.stylegraph.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.error.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Recipes as JSON in UTF-8: one object with {@code schemaVersion} and the parts of a {@link Recipe}
 * under their names, enum constants in lower camel case. With {@code "base": "tf-eager"} it need
 * only hold what differs from that named recipe, in nested objects too; a list replaces the base's,
 * and an optimiser of another kind begins with the constants of {@link Recipes}.
 */
public final class RecipeFile {
  /**
   * What is written, and the newest that is read. Version 1 had no network, pyramid, averageDecay,
   * form.statistic nor form.variation; where they are absent, they are as in {@link
   * Recipes#DEFAULT}.
   */
  public static final int SCHEMA_VERSION = 2;

  /** No file is longer, in bytes. */
  public static final int MAX_BYTES = 1_000_000;

  private static final String VERSION = "schemaVersion";
  private static final String BASE = "base";

  private RecipeFile() {}

  /**
   * Reads a file.
   *
   * @throws InvalidSettingException if it cannot be read or is no recipe; the message names the
   *     file and the part
   */
  public static Recipe read(Path file) {
    return parse(bytes(file), file.toString());
  }

  /**
   * Reads a text.
   *
   * @throws InvalidSettingException if it is no recipe; the message names the part
   */
  public static Recipe parse(String json) {
    return parse(json.getBytes(StandardCharsets.UTF_8), "the recipe's JSON");
  }

  /**
   * Reads a text that was found somewhere.
   *
   * @param source what messages call it
   * @throws InvalidSettingException if it is no recipe; the message names the part
   */
  public static Recipe parse(String json, String source) {
    return parse(json.getBytes(StandardCharsets.UTF_8), source);
  }

  /** A recipe as the text of a file, with every part; {@link #parse} gives an equal recipe. */
  public static String text(Recipe recipe) {
    ObjectNode document = RecipeTree.JSON.createObjectNode().put(VERSION, SCHEMA_VERSION);
    document.setAll(RecipeTree.of(recipe).root());
    return document.toPrettyString();
  }

  private static Recipe parse(byte[] json, String source) {
    ObjectNode document = object(json, source);
    JsonNode version = document.remove(VERSION);
    JsonNode base = document.remove(BASE);
    requireKnown(version, base != null, source);
    RecipeTree tree =
        base == null ? RecipeTree.empty() : RecipeTree.of(base(base.asText(), source));
    tree.merge(document);
    if (version != null && version.intValue() == 1) {
      tree.completeVersion1();
    }
    return tree.recipe(source, VERSION, BASE);
  }

  private static ObjectNode object(byte[] json, String source) {
    try {
      if (RecipeTree.JSON.readTree(json) instanceof ObjectNode document) {
        return document;
      }
      throw new InvalidSettingException(
          "recipe", source + " must hold one JSON object, as `recipes --show NAME --json` prints");
    } catch (JsonProcessingException e) {
      throw new InvalidSettingException(
          "recipe",
          "%s is no JSON: line %d, column %d: %s"
              .formatted(
                  source, e.getLocation().getLineNr(), e.getLocation().getColumnNr(), problem(e)));
    } catch (IOException e) {
      throw new InvalidSettingException("recipe", source + " is no JSON in UTF-8");
    }
  }

  /** Jackson's words where they are fit for a user. */
  private static String problem(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "it ends too soon";
    }
    return e instanceof MismatchedInputException
        ? "something follows the object"
        : e.getOriginalMessage();
  }

  private static void requireKnown(@Nullable JsonNode version, boolean hasBase, String source) {
    if (version == null && hasBase) {
      return;
    }
    if (version == null) {
      throw new InvalidSettingException(
          VERSION, "%s is missing in %s; it is %d".formatted(VERSION, source, SCHEMA_VERSION));
    }
    if (!version.isInt() || version.intValue() < 1 || version.intValue() > SCHEMA_VERSION) {
      throw new InvalidSettingException(
          VERSION,
          "%s is %s in %s, and this program reads 1 to %d; correct it or use a newer program"
              .formatted(VERSION, version, source, SCHEMA_VERSION));
    }
  }

  private static Recipe base(String name, String source) {
    try {
      return Recipes.named(name);
    } catch (InvalidSettingException e) {
      throw new InvalidSettingException(BASE, "base in %s: %s".formatted(source, e.getMessage()));
    }
  }

  private static byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw new InvalidSettingException(
          "recipe", "recipe (%s) is a folder; name a JSON file".formatted(file));
    }
    if (!Files.exists(file)) {
      throw new InvalidSettingException(
          "recipe", "recipe (%s) does not exist; name a JSON file".formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InvalidSettingException(
            "recipe",
            "recipe (%s) is longer than %d bytes; name a recipe's JSON file"
                .formatted(file, MAX_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw new InvalidSettingException(
          "recipe", "recipe (%s) cannot be read; check its permissions".formatted(file));
    }
  }
}
