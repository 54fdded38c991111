package io.stylegraph.backbone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, none of which may be absent or null when it is asked for. It stands
 * on Jackson's parser alone, since its data binding takes a quarter of a second to begin.
 */
final class JsonFields {
  /** A field that is absent or null. */
  static final class Missing extends JsonProcessingException {
    private static final long serialVersionUID = 1;

    Missing(String field) {
      super(field);
    }

    /** The field's name. */
    String field() {
      return getOriginalMessage();
    }
  }

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<?, ?> values;

  private JsonFields(Map<?, ?> values) {
    this.values = values;
  }

  /**
   * Parses an object; what follows it is not looked at.
   *
   * @throws JsonProcessingException if there is none
   */
  static JsonFields parse(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      return of(parser.nextToken() == null ? null : value(parser));
    }
  }

  /** Whether it is there and not null. */
  boolean has(String name) {
    return values.get(name) != null;
  }

  /** The value in words, {@code null} where there is none. */
  String words(String name) {
    return String.valueOf(values.get(name));
  }

  String text(String name) throws JsonProcessingException {
    return get(name, String.class);
  }

  int integer(String name) throws JsonProcessingException {
    return get(name, Integer.class);
  }

  JsonFields object(String name) throws JsonProcessingException {
    return of(get(name, Map.class));
  }

  List<JsonFields> objects(String name) throws JsonProcessingException {
    List<JsonFields> objects = new ArrayList<>();
    for (Object it : get(name, List.class)) {
      objects.add(of(it));
    }
    return objects;
  }

  List<String> texts(String name) throws JsonProcessingException {
    List<String> texts = new ArrayList<>();
    for (Object it : get(name, List.class)) {
      texts.add(cast(it, String.class));
    }
    return texts;
  }

  /** Numbers, or a single one that stands for a list of one. */
  List<Double> numbers(String name) throws JsonProcessingException {
    Object value = get(name, Object.class);
    List<Double> numbers = new ArrayList<>();
    for (Object it : value instanceof List<?> list ? list : List.of(value)) {
      numbers.add(cast(it, Number.class).doubleValue());
    }
    return numbers;
  }

  /** All fields, each of which is text. */
  Map<String, String> allTexts() throws JsonProcessingException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<?, ?> it : values.entrySet()) {
      texts.put(String.valueOf(it.getKey()), cast(it.getValue(), String.class));
    }
    return texts;
  }

  private <T> T get(String name, Class<T> type) throws JsonProcessingException {
    Object value = values.get(name);
    if (value == null) {
      throw new Missing(name);
    }
    return cast(value, type);
  }

  private static JsonFields of(@Nullable Object value) throws JsonProcessingException {
    return new JsonFields(cast(value, Map.class));
  }

  private static <T> T cast(@Nullable Object value, Class<T> type) throws JsonProcessingException {
    if (!type.isInstance(value)) {
      throw new JsonParseException(null, "%s is no %s".formatted(value, type.getSimpleName()));
    }
    return type.cast(value);
  }

  /** The value that begins at the parser's token. */
  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> map(parser);
      case START_ARRAY -> list(parser);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static Map<String, @Nullable Object> map(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map;
  }

  private static List<@Nullable Object> list(JsonParser parser) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }
}
