package io.stylegraph.cli;

import io.stylegraph.progress.Losses;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The objective's terms as JSON fields: {@code total}, {@code content}, {@code style}, {@code tv}.
 */
final class LossFields {
  private LossFields() {}

  static Map<String, Double> of(Losses losses) {
    Map<String, Double> fields = new LinkedHashMap<>();
    fields.put("total", losses.total());
    fields.put("content", losses.content());
    fields.put("style", losses.style());
    fields.put("tv", losses.tv());
    return fields;
  }
}
