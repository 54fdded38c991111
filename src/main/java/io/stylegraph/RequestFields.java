package io.stylegraph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Streams;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.Settings;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an object in a request's JSON, each refused by its name if it is of another kind.
 */
record RequestFields(ObjectNode fields, String where) {
  private static final int LONGEST_VALUE = 60;

  /** An object that has no other names than those known. */
  static RequestFields of(JsonNode node, String where, List<String> known) {
    ObjectNode fields = object(node, where);
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidSettingException(
                    where + name,
                    "%s%s is unknown; choose of: %s"
                        .formatted(where, name, String.join(", ", known)));
              }
            });
    return new RequestFields(fields, where);
  }

  static ObjectNode object(JsonNode node, String where) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw refusal(where, node, "an object in braces");
  }

  Optional<JsonNode> node(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  Optional<String> text(String name) {
    return node(name).map(it -> text(it, where + name));
  }

  static String text(JsonNode node, String where) {
    if (!node.isTextual() || node.textValue().isEmpty()) {
      throw refusal(where, node, "a text in quotes");
    }
    return node.textValue();
  }

  String required(String name) {
    return text(name)
        .orElseThrow(
            () -> new InvalidSettingException(where + name, where + name + " is missing; give it"));
  }

  Optional<Double> number(String name) {
    node(name).filter(it -> !it.isNumber()).ifPresent(it -> refuse(name, it, "a number"));
    return node(name).map(JsonNode::doubleValue);
  }

  Optional<Long> whole(String name) {
    node(name)
        .filter(it -> !it.isIntegralNumber() || !it.canConvertToLong())
        .ifPresent(it -> refuse(name, it, "a whole number"));
    return node(name).map(JsonNode::longValue);
  }

  <E extends Enum<E>> E choice(String name, Class<E> type, E usual) {
    return text(name).map(it -> Settings.choice(where + name, type, it)).orElse(usual);
  }

  /** The elements of a list; none if it is absent. */
  List<JsonNode> list(String name) {
    node(name).filter(it -> !it.isArray()).ifPresent(it -> refuse(name, it, "a list in brackets"));
    return node(name).stream().flatMap(Streams::stream).toList();
  }

  private void refuse(String name, JsonNode value, String expected) {
    throw refusal(where + name, value, expected);
  }

  private static InvalidSettingException refusal(String name, JsonNode value, String expected) {
    String text = value.toString();
    String shown = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
    return new InvalidSettingException(name, "%s (%s) must be %s".formatted(name, shown, expected));
  }
}
