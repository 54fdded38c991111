package io.stylegraph.cli;

import com.google.common.base.Splitter;
import io.stylegraph.error.InvalidSettingException;
import java.util.HashSet;
import java.util.List;

/**
 * One setting and the values that it takes on a sheet, as in {@code style-weight=1e-3,1e-2}; after
 * a semicolon values may hold commas.
 *
 * @param name of an option of {@code stylize} without its dashes, or a part of the recipe
 * @param values at least one, all different
 */
record Variation(String name, List<String> values) {
  static Variation parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw refusal("vary (%s) must be NAME=VALUE,VALUE as in style-weight=1e-3,1e-2", text);
    }
    String rest = text.substring(equals + 1);
    char between = rest.indexOf(';') < 0 ? ',' : ';';
    List<String> values = Splitter.on(between).trimResults().splitToList(rest);
    if (values.contains("")) {
      throw refusal("vary (%s) has an empty value; leave it out", text);
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw refusal("vary (%s) has a value twice; leave one out", text);
    }
    return new Variation(text.substring(0, equals), values);
  }

  private static InvalidSettingException refusal(String problem, String text) {
    return new InvalidSettingException("vary", problem.formatted(text));
  }
}
