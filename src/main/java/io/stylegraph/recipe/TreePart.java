package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Ascii;

/**
 * A part of a tree.
 *
 * @param path as in {@code styleLayers[0].weight}
 * @param node what stands there, or a missing node
 */
record TreePart(String path, JsonNode node) {
  private static final int LONGEST_VALUE = 60;

  TreePart at(JsonMappingException.Reference step) {
    String name = step.getFieldName();
    return name == null
        ? new TreePart("%s[%d]".formatted(path, step.getIndex()), node.path(step.getIndex()))
        : at(name);
  }

  TreePart at(String name) {
    return new TreePart(path.isEmpty() ? name : path + "." + name, node.path(name));
  }

  /** Whether it is the word that chooses the optimiser. */
  boolean isKind() {
    return path.endsWith(".kind");
  }

  /** What stands there, for a message: cut short. */
  String value() {
    return Ascii.truncate(node.isTextual() ? node.asText() : node.toString(), LONGEST_VALUE, "...");
  }
}
