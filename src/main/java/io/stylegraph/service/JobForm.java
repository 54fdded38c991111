package io.stylegraph.service;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeBuilder;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Start;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads the form of a new job. The names of files are never looked at. */
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
  private static final int LONGEST_VALUE = 100;

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
    if (!ctx.isMultipartFormData()) {
      throw Refusal.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the job as multipart/form-data");
    }
    Map<String, List<UploadedFile>> files = ctx.uploadedFileMap();
    Map<String, List<String>> fields = ctx.formParamMap();
    files.forEach((name, values) -> checkName(name, FILES, values.size()));
    fields.forEach((name, values) -> checkField(name, values));
    try {
      return order(files, new Fields(fields));
    } catch (InvalidSettingException e) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, field(e.setting()), e.getMessage());
    }
  }

  private JobOrder order(Map<String, List<UploadedFile>> files, Fields fields) {
    Recipe recipe = recipe(fields);
    int usual = Math.min(StyleTransferRequest.DEFAULT_SIZE, limits.size());
    int size =
        Settings.inRange(
            "size", fields.whole("size").orElse(usual), JobLimits.MIN_SIZE, limits.size());
    long seed = fields.parse("seed", "a whole number", Long::valueOf).orElse(0L);
    return new JobOrder(
        picture("content", files, fields, size),
        picture("style", files, fields, size),
        recipe,
        size,
        seed);
  }

  private Recipe recipe(Fields fields) {
    RecipeBuilder builder =
        fields.text("recipe").map(Recipes::named).orElse(Recipes.DEFAULT).toBuilder();
    fields.whole("steps").ifPresent(builder::steps);
    fields.number("contentWeight", builder::contentWeight);
    fields.number("styleWeight", builder::styleWeight);
    fields.number("tvWeight", builder::tvWeight);
    fields.text("init").map(JobForm::start).ifPresent(builder::start);
    Recipe recipe = builder.build();
    if (recipe.allSteps() > limits.steps()) {
      throw new InvalidSettingException(
          "steps",
          "steps (%d) must be at most %d here".formatted(recipe.allSteps(), limits.steps()));
    }
    return recipe;
  }

  private static Start start(String word) {
    Start start = Settings.choice("init", Start.class, word);
    if (start == Start.PICTURE) {
      throw new InvalidSettingException(
          "init", "init (picture) is not offered here; choose content, recoloured, noise or style");
    }
    return start;
  }

  private byte[] picture(
      String role, Map<String, List<UploadedFile>> files, Fields fields, int size) {
    Optional<String> sample = fields.text(role + "Sample");
    List<UploadedFile> given = files.getOrDefault(role, List.of());
    if (given.isEmpty() == sample.isEmpty()) {
      throw Refusal.of(
          HttpStatus.BAD_REQUEST,
          role,
          "%s: give one picture, as the file %s or the name %sSample".formatted(role, role, role));
    }
    byte[] encoded = sample.map(samples::png).orElseGet(() -> bytes(given.get(0)));
    return uploads.png(role, encoded, size);
  }

  private static byte[] bytes(UploadedFile file) {
    try (InputStream in = file.content()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, "the upload broke off; try again");
    }
  }

  private static void checkField(String name, List<String> values) {
    if (FILES.contains(name)) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, name, name + ": must be a file");
    }
    checkName(name, FIELDS, values.size());
    if (values.get(0).length() > LONGEST_VALUE) {
      throw Refusal.of(
          HttpStatus.BAD_REQUEST,
          name,
          "%s is longer than %d characters".formatted(name, LONGEST_VALUE));
    }
  }

  private static void checkName(String name, Set<String> known, int times) {
    if (!known.contains(name)) {
      throw Refusal.of(
          HttpStatus.BAD_REQUEST,
          "the form has an unknown field; the fields are: content, style, "
              + String.join(", ", new TreeSet<>(FIELDS)));
    }
    if (times > 1) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, name, name + " is given twice; give it once");
    }
  }

  /** The form's name of a recipe's setting. */
  private static String field(String setting) {
    return FIELDS.contains(setting) ? setting : "";
  }

  /** The form's values; an empty one counts as not given. */
  private record Fields(Map<String, List<String>> values) {
    Optional<String> text(String name) {
      return values.getOrDefault(name, List.of()).stream().findFirst().filter(it -> !it.isEmpty());
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
