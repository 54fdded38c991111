package io.stylegraph.recipe;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.common.base.Splitter;
import io.stylegraph.error.InvalidSettingException;
import java.util.List;
import java.util.Map;

/** A recipe as a tree of JSON, in which parts are changed by their names. */
final class RecipeTree {
  /** Takes nothing for something else, and leaves nothing out. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .build();

  private static final Map<String, String> LAYER_LISTS =
      Map.of("styleLayers", "style", "contentLayers", "content");

  private final ObjectNode root;

  private RecipeTree(ObjectNode root) {
    this.root = root;
  }

  static RecipeTree of(Recipe recipe) {
    return new RecipeTree(JSON.valueToTree(recipe));
  }

  static RecipeTree empty() {
    return new RecipeTree(JSON.createObjectNode());
  }

  /** Adds the parts that came after version 1 of {@link RecipeFile}, as they were before. */
  void completeVersion1() {
    ObjectNode before = JSON.valueToTree(Recipes.DEFAULT);
    addAbsent(root, before, "network", "pyramid", "averageDecay");
    if (root.get("form") instanceof ObjectNode form) {
      addAbsent(form, (ObjectNode) before.get("form"), "statistic", "variation");
    }
  }

  ObjectNode root() {
    return root;
  }

  /** Puts {@code change} over what is there: objects part by part, anything else whole. */
  void merge(ObjectNode change) {
    OptimizerSettings other =
        Recipes.optimizers().get(change.path("optimizer").path("kind").asText());
    JsonNode own = root.path("optimizer").path("kind");
    if (other != null && own.isTextual() && !own.asText().equals(other.kind())) {
      root.set("optimizer", JSON.valueToTree(other));
    }
    merge(root, change);
  }

  /**
   * Sets one part.
   *
   * @param path as in {@code optimizer.beta1}, or {@code styleLayers.block1_conv1} for the weight
   *     of a layer that is there
   * @param value JSON; where there is text now, or what is no JSON, text
   */
  void set(String path, String value) {
    List<String> names = Splitter.on('.').limit(2).splitToList(path);
    String term = LAYER_LISTS.get(names.get(0));
    if (term != null && names.size() > 1) {
      ObjectNode layer = layer(term, root.path(names.get(0)), names.get(1));
      layer.set("weight", node(value, layer.path("weight")));
    } else {
      setPart(Splitter.on('.').splitToList(path), value);
    }
  }

  /**
   * The recipe that the tree stands for.
   *
   * @param source where changes came from, for messages
   * @param alsoKnown what else the source might have meant by an unknown name at the root
   * @throws InvalidSettingException if it stands for none
   */
  Recipe recipe(String source, String... alsoKnown) {
    try {
      return JSON.treeToValue(root, Recipe.class);
    } catch (JsonProcessingException e) {
      throw new RecipeRefusal(root, source, List.of(alsoKnown)).of(e);
    }
  }

  private void setPart(List<String> names, String value) {
    JsonNode old = root;
    for (String name : names) {
      old = old.path(name);
    }
    JsonNode change = node(value, old);
    for (int i = names.size() - 1; i >= 0; i--) {
      change = JSON.createObjectNode().set(names.get(i), change);
    }
    merge((ObjectNode) change);
  }

  private ObjectNode layer(String term, JsonNode layers, String name) {
    for (JsonNode it : layers) {
      if (it instanceof ObjectNode layer && layer.path("layer").asText().equals(name)) {
        return layer;
      }
    }
    throw LayerWeight.absent(
        term, root.path("name").asText(), layers.findValuesAsText("layer"), name);
  }

  private static JsonNode node(String value, JsonNode old) {
    try {
      JsonNode json = old.isTextual() ? TextNode.valueOf(value) : JSON.readTree(value);
      return json.isMissingNode() ? TextNode.valueOf(value) : json;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(value);
    }
  }

  private static void merge(ObjectNode into, ObjectNode change) {
    for (Map.Entry<String, JsonNode> part : change.properties()) {
      if (into.get(part.getKey()) instanceof ObjectNode inner
          && part.getValue() instanceof ObjectNode changes) {
        merge(inner, changes);
      } else {
        into.set(part.getKey(), part.getValue());
      }
    }
  }

  private static void addAbsent(ObjectNode into, ObjectNode from, String... names) {
    for (String name : names) {
      into.putIfAbsent(name, from.get(name));
    }
  }
}
