package io.stylegraph.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.google.common.collect.ImmutableList;
import io.stylegraph.error.InvalidSettingException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line why a tree is no recipe.
 *
 * @param tree the tree
 * @param source where it came from
 * @param alsoKnown names that are known at the root beside a recipe's
 */
record RecipeRefusal(JsonNode tree, String source, List<String> alsoKnown) {
  /** The refusal for what Jackson found wrong. */
  InvalidSettingException of(JsonProcessingException e) {
    if (e.getCause() instanceof InvalidSettingException rule) {
      return new InvalidSettingException(rule.setting(), source + ": " + rule.getMessage());
    }
    List<JsonMappingException.Reference> path =
        e instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
    TreePart part = part(path);
    // Jackson builds a record before it looks at names that it does not know.
    if (part.node().isMissingNode() || e instanceof UnrecognizedPropertyException) {
      int last = path.size() - 1;
      Optional<InvalidSettingException> unknown =
          unknownName(part(path.subList(0, last)), path.get(last));
      if (unknown.isPresent()) {
        return unknown.get();
      }
    }
    if (e instanceof InvalidTypeIdException && part.node().isObject()) {
      part = part.at("kind");
    }
    return new InvalidSettingException(part.path(), message(e, part));
  }

  private TreePart part(List<JsonMappingException.Reference> path) {
    TreePart part = new TreePart("", tree);
    for (JsonMappingException.Reference step : path) {
      part = part.at(step);
    }
    return part;
  }

  private String message(JsonProcessingException e, TreePart part) {
    if (part.node().isMissingNode()) {
      return "%s is missing in %s".formatted(part.path(), source);
    }
    if (e.getCause() instanceof InputCoercionException) {
      return "%s (%s) is too large in %s".formatted(part.path(), part.value(), source);
    }
    if (e instanceof InvalidTypeIdException && part.isKind()) {
      return unknownWord(part, Recipes.optimizers().keySet());
    }
    Class<?> type = e instanceof MismatchedInputException wrong ? wrong.getTargetType() : null;
    return type != null && type.isEnum()
        ? unknownWord(part, words(type))
        : "%s (%s) must be %s in %s".formatted(part.path(), part.value(), expected(type), source);
  }

  private String unknownWord(TreePart part, Collection<String> words) {
    return "%s (%s) is unknown in %s; choose one of: %s"
        .formatted(part.path(), part.value(), source, String.join(", ", words));
  }

  /** The refusal of the first name in an object that its record does not have. */
  private Optional<InvalidSettingException> unknownName(
      TreePart object, JsonMappingException.Reference step) {
    Object from = step.getFrom();
    Class<?> type = from instanceof Class<?> itself ? itself : from.getClass();
    List<String> known = names(type);
    return ImmutableList.copyOf(object.node().fieldNames()).stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .map(name -> unknownName(object, name, known));
  }

  private InvalidSettingException unknownName(TreePart object, String name, List<String> known) {
    String path = object.at(name).path();
    String instead =
        Spelling.nearest(name, known)
            .map(it -> "did you mean %s?".formatted(object.at(it).path()))
            .orElse("choose one of: " + String.join(", ", known));
    return new InvalidSettingException(
        path, "%s is unknown in %s; %s".formatted(path, source, instead));
  }

  private List<String> names(Class<?> type) {
    Stream<String> parts = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName);
    if (type == Recipe.class) {
      return Stream.concat(parts, alsoKnown.stream()).toList();
    }
    return OptimizerSettings.class.isAssignableFrom(type)
        ? Stream.concat(Stream.of("kind"), parts).toList()
        : parts.toList();
  }

  private static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(it -> RecipeTree.JSON.convertValue(it, String.class))
        .toList();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == double.class) {
      return "a number";
    }
    if (type == int.class) {
      return "a whole number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    return type != null && Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
