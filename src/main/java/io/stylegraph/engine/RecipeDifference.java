package io.stylegraph.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import java.util.ArrayList;
import java.util.List;

/** Says in what two recipes differ. */
final class RecipeDifference {
  private static final int NAMED = 3;

  private RecipeDifference() {}

  /** The first few parts that differ, as "steps was 300 and is 400". */
  static String of(Recipe before, Recipe now) {
    List<String> parts = new ArrayList<>();
    collect("", tree(before), tree(now), parts);
    String more = parts.size() > NAMED ? ", and more" : "";
    return String.join(", ", parts.subList(0, Math.min(NAMED, parts.size()))) + more;
  }

  private static void collect(String path, JsonNode before, JsonNode now, List<String> parts) {
    if (before.isObject() && now.isObject()) {
      before
          .fieldNames()
          .forEachRemaining(
              name -> collect(path(path, name), before.path(name), now.path(name), parts));
    } else if (!before.equals(now)) {
      parts.add(
          before.isValueNode() && now.isValueNode()
              ? "%s was %s and is %s".formatted(path, before.asText(), now.asText())
              : path);
    }
  }

  private static String path(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static JsonNode tree(Recipe recipe) {
    try {
      return CheckpointFormat.JSON.readTree(RecipeFile.text(recipe));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
