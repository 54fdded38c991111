package io.stylegraph.service;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeBuilder;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Start;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads the form of a new job. */
final class JobForm {
  private static final Set<String> FILES = Set.of("content", "style");
  private static final Set<String> FIELDS =
      Set.of(
          "contentSample",
          "styleSample",
          "recipe",
          "size",
          "steps",
          "contentWeight",
          "styleWeight",
          "tvWeight",
          "init",
          "seed");

  private final JobLimits limits;
  private final Samples samples;
  private final UploadedPicture uploads;

  JobForm(JobLimits limits, Samples samples) {
    this.limits = limits;
    this.samples = samples;
    this.uploads = new UploadedPicture(limits.pixels());
  }

  /**
   * The job that the form asks for.
   *
   * @throws Refusal or {@link io.stylegraph.error.StylegraphException} that says what is wrong
   */
  JobOrder read(Context ctx) {
    FormParts parts = FormParts.read(ctx, limits.uploadBytes(), FILES, FIELDS);
    try {
      return order(parts.files(), new Fields(parts.texts()));
    } catch (InvalidSettingException e) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, field(e.setting()), e.getMessage());
    }
  }

  private JobOrder order(Map<String, byte[]> files, Fields fields) {
    int usual = Math.min(StyleTransferRequest.DEFAULT_SIZE, limits.size());
    int size =
        Settings.inRange(
            "size", fields.whole("size").orElse(usual), JobLimits.MIN_SIZE, limits.size());
    Recipe recipe = recipe(fields, size);
    long seed = fields.parse("seed", "a whole number", Long::valueOf).orElse(0L);
    return new JobOrder(
        picture("content", files, fields, size),
        picture("style", files, fields, size),
        recipe,
        size,
        seed);
  }

  private Recipe recipe(Fields fields, int size) {
    RecipeBuilder builder =
        fields.text("recipe").map(Recipes::named).orElse(Recipes.DEFAULT).toBuilder();
    fields.whole("steps").ifPresent(builder::steps);
    fields.number("contentWeight", builder::contentWeight);
    fields.number("styleWeight", builder::styleWeight);
    fields.number("tvWeight", builder::tvWeight);
    fields.text("init").map(JobForm::start).ifPresent(builder::start);
    Recipe recipe = builder.build();
    if (recipe.allSteps(size) > limits.steps()) {
      throw new InvalidSettingException(
          "steps",
          "steps (%d) must be at most %d here".formatted(recipe.allSteps(size), limits.steps()));
    }
    return recipe;
  }

  private static Start start(String word) {
    Start start = Settings.choice("init", Start.class, word);
    if (start == Start.PICTURE) {
      throw new InvalidSettingException(
          "init",
          "init (picture) is not offered here; choose content, recoloured, noise, style, grey or"
              + " statistics");
    }
    return start;
  }

  private byte[] picture(String role, Map<String, byte[]> files, Fields fields, int size) {
    Optional<byte[]> sample =
        fields.text(role + "Sample").map(name -> samples.png(name, HttpStatus.BAD_REQUEST, role));
    Optional<byte[]> file = Optional.ofNullable(files.get(role));
    if (sample.isPresent() == file.isPresent()) {
      throw Refusal.of(
          HttpStatus.BAD_REQUEST,
          role,
          "%s: give one picture, as the file %s or the name %sSample".formatted(role, role, role));
    }
    return uploads.png(role, file.or(() -> sample).orElseThrow(), size);
  }

  /** The form's field that a setting comes from; empty if from none. */
  private static String field(String setting) {
    return FIELDS.contains(setting) ? setting : "";
  }

  /** The form's values; an empty one counts as not given. */
  private record Fields(Map<String, String> values) {
    Optional<String> text(String name) {
      return Optional.ofNullable(values.get(name)).filter(it -> !it.isEmpty());
    }

    Optional<Integer> whole(String name) {
      return parse(name, "a whole number", Integer::valueOf);
    }

    void number(String name, Consumer<Double> setter) {
      parse(name, "a number", Double::valueOf).ifPresent(setter);
    }

    <T> Optional<T> parse(String name, String what, Function<String, T> parser) {
      try {
        return text(name).map(parser);
      } catch (NumberFormatException e) {
        throw new InvalidSettingException(
            name, "%s (%s) must be %s".formatted(name, text(name).orElse(""), what));
      }
    }
  }
}
