package io.stylegraph.service;

import com.google.common.collect.ImmutableMap;
import io.stylegraph.error.InvalidSettingException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The values of a form; an empty one counts as not given. */
final class FormTexts {
  private final ImmutableMap<String, String> values;

  /** Takes them by field. */
  FormTexts(Map<String, String> values) {
    this.values = ImmutableMap.copyOf(values);
  }

  Optional<String> text(String field) {
    return Optional.ofNullable(values.get(field)).filter(it -> !it.isEmpty());
  }

  Optional<Integer> whole(String field) {
    return parse(field, "a whole number", Integer::valueOf);
  }

  Optional<Double> number(String field) {
    return parse(field, "a number", Double::valueOf);
  }

  void number(String field, Consumer<Double> setter) {
    number(field).ifPresent(setter);
  }

  /**
   * The value as {@code parser} reads it.
   *
   * @param what it must be
   * @throws InvalidSettingException if it is not
   */
  <T> Optional<T> parse(String field, String what, Function<String, T> parser) {
    try {
      return text(field).map(parser);
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(
          field, "%s (%s) must be %s".formatted(field, text(field).orElse(""), what));
    }
  }
}
