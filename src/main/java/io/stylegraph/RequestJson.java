package io.stylegraph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.Ints;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Overrides;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Start;
import io.stylegraph.recipe.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A request as one JSON object: {@code content}; {@code styles}, a list of files or of objects with
 * {@code picture}, {@code weight}, {@code scale}, {@code mask}, {@code region} and {@code layers},
 * or {@code style} for a single file; {@code regions}, objects with {@code name} and {@code mask};
 * {@code recipe}, a name or an object as {@link RecipeFile} reads it; {@code set}, an object of the
 * recipe's parts to change, as {@link Overrides} names them; {@code start}, a file; {@code size},
 * {@code seed}, {@code colours}, {@code strength}, {@code precision}, {@code device} and {@code
 * tile}, a text. What is absent is as in {@link StyleTransferRequest#of}.
 */
public final class RequestJson {
  private static final List<String> NAMES =
      List.of(
          "content",
          "styles",
          "style",
          "regions",
          "recipe",
          "set",
          "size",
          "start",
          "seed",
          "colours",
          "strength",
          "precision",
          "device",
          "tile");

  private static final List<String> OF_STYLE =
      List.of("picture", "weight", "scale", "mask", "region", "layers");
  private static final List<String> OF_REGION = List.of("name", "mask");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final RequestFields fields;
  private final Function<String, PictureSource> files;

  private RequestJson(RequestFields fields, Function<String, PictureSource> files) {
    this.fields = fields;
    this.files = files;
  }

  /**
   * Reads a request.
   *
   * @param files finds the picture that a text names
   * @throws InvalidSettingException if it is none; the message names the part
   */
  public static StyleTransferRequest parse(String json, Function<String, PictureSource> files) {
    return parse(object(json), files);
  }

  /** The JSON's object, of which nothing is checked yet. */
  public static ObjectNode object(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidSettingException("request", "is no JSON object, as in {\"content\": ...}");
    } catch (JsonProcessingException e) {
      throw new InvalidSettingException(
          "request",
          "is no JSON: column %d: %s"
              .formatted(e.getLocation().getColumnNr(), firstLine(e.getOriginalMessage())));
    }
  }

  /** As {@link #parse(String, Function)}. */
  public static StyleTransferRequest parse(
      ObjectNode object, Function<String, PictureSource> files) {
    return new RequestJson(RequestFields.of(object, "", NAMES), files).request();
  }

  /**
   * A request as JSON with every part; {@link #parse} gives an equal one where it finds the same
   * pictures by their names: files by their paths, others by their labels.
   */
  public static String text(StyleTransferRequest request) {
    ObjectNode json = JSON.createObjectNode().put("content", request.content().label());
    request.styles().forEach(it -> describe(it, json.withArray("styles")));
    request
        .regions()
        .forEach(
            it ->
                json.withArray("regions")
                    .addObject()
                    .put("name", it.name())
                    .put("mask", it.mask().label()));
    json.set("recipe", RunNotes.tree(request.recipe()));
    json.put("size", request.size());
    request.start().ifPresent(it -> json.put("start", it.label()));
    json.put("seed", request.seed()).put("colours", Settings.word(request.colours()));
    request.strength().ifPresent(it -> json.put("strength", it));
    return json.put("precision", Settings.word(request.compute().precision()))
        .put("device", Settings.word(request.compute().device()))
        .put("tile", request.compute().tiling().text())
        .toString();
  }

  private StyleTransferRequest request() {
    Optional<PictureSource> start = fields.text("start").map(files);
    return new StyleTransferRequest(
        files.apply(fields.required("content")),
        styles(),
        regions(),
        start.isEmpty() ? recipe() : fromPicture(recipe()),
        Ints.saturatedCast(fields.whole("size").orElse((long) StyleTransferRequest.DEFAULT_SIZE)),
        start,
        fields.whole("seed").orElse(0L),
        fields.choice("colours", ColourKeeping.class, ColourKeeping.NONE),
        fields.number("strength").map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        new ComputeSettings(
            fields.choice("device", Device.class, Device.AUTO),
            fields.choice("precision", Precision.class, Precision.AUTO),
            fields.text("tile").map(Tiling::parse).orElse(Tiling.AUTO)));
  }

  private static Recipe fromPicture(Recipe recipe) {
    return recipe.toBuilder().start(Start.PICTURE).build();
  }

  private Recipe recipe() {
    Recipe chosen =
        fields
            .node("recipe")
            .map(
                it ->
                    it.isObject()
                        ? RecipeFile.parse(it.toString(), "recipe")
                        : Recipes.named(RequestFields.text(it, "recipe")))
            .orElse(Recipes.DEFAULT);
    List<String> changes = new ArrayList<>();
    fields
        .node("set")
        .map(it -> RequestFields.object(it, "set"))
        .ifPresent(
            set ->
                set.properties()
                    .forEach(it -> changes.add(it.getKey() + "=" + plain(it.getValue()))));
    return Overrides.apply(chosen, changes, "set");
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private List<StyleSource> styles() {
    Optional<String> single = fields.text("style");
    if (single.isPresent() && fields.node("styles").isPresent()) {
      throw new InvalidSettingException(
          "style", "style and styles are both given; leave one of them out");
    }
    if (single.isPresent()) {
      return List.of(StyleSource.of(files.apply(single.get())));
    }
    List<StyleSource> styles = new ArrayList<>();
    for (JsonNode it : fields.list("styles")) {
      String where = "styles[%d]".formatted(styles.size());
      styles.add(
          it.isObject()
              ? style(RequestFields.of(it, where + ".", OF_STYLE))
              : StyleSource.of(files.apply(RequestFields.text(it, where))));
    }
    return styles;
  }

  private StyleSource style(RequestFields style) {
    return new StyleSource(
        files.apply(style.required("picture")),
        style.number("weight").orElse(1.0),
        style.number("scale").orElse(1.0),
        style.text("mask").map(files),
        style.text("region"),
        style.list("layers").stream()
            .map(it -> RequestFields.text(it, style.where() + "layers"))
            .toList());
  }

  private List<Region> regions() {
    List<Region> regions = new ArrayList<>();
    for (JsonNode it : fields.list("regions")) {
      String where = "regions[%d].".formatted(regions.size());
      RequestFields region = RequestFields.of(it, where, OF_REGION);
      regions.add(new Region(region.required("name"), files.apply(region.required("mask"))));
    }
    return regions;
  }

  private static void describe(StyleSource style, ArrayNode styles) {
    ObjectNode node = styles.addObject().put("picture", style.picture().label());
    node.put("weight", style.weight()).put("scale", style.scale());
    style.mask().ifPresent(it -> node.put("mask", it.label()));
    style.region().ifPresent(it -> node.put("region", it));
    style.layers().forEach(it -> node.withArray("layers").add(it));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
