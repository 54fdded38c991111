package io.stylegraph.service;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeBuilder;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Start;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Reads the form of a new job. */
final class JobForm {
  private final JobLimits limits;
  private final Samples samples;
  private final UploadedPicture uploads;
  private final Consumer<JobOrder> check;

  /** {@code check} refuses what the run would refuse. */
  JobForm(JobLimits limits, Samples samples, Consumer<JobOrder> check) {
    this.limits = limits;
    this.samples = samples;
    this.uploads = new UploadedPicture(limits.pixels());
    this.check = check;
  }

  /**
   * The job that the form asks for.
   *
   * @throws Refusal or {@link io.stylegraph.error.StylegraphException} that says what is wrong
   */
  JobOrder read(Context ctx) {
    FormParts parts = FormParts.read(ctx, limits.uploadBytes());
    try {
      JobOrder order = order(parts.files(), new FormTexts(parts.texts()));
      check.accept(order);
      return order;
    } catch (InvalidSettingException e) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, field(e.setting()), e.getMessage());
    }
  }

  /**
   * The job that the parts of a form ask for.
   *
   * @throws Refusal or InvalidSettingException that says what is wrong
   */
  JobOrder order(Map<String, byte[]> files, FormTexts texts) {
    int usual = Math.min(StyleTransferRequest.DEFAULT_SIZE, limits.size());
    int size =
        Settings.inRange(
            "size", texts.whole("size").orElse(usual), JobLimits.MIN_SIZE, limits.size());
    Recipe recipe = recipe(texts);
    FormPictures pictures = new FormPictures(files, texts, samples, uploads);
    StyleForm styles = new StyleForm(pictures, texts, size);
    OrderedPicture content = pictures.picture("content", size);
    List<OrderedRegion> regions = styles.regions();
    JobOrder order =
        new JobOrder(
            content,
            styles.styles(recipe, regions, limits.size()),
            regions,
            recipe,
            size,
            texts.parse("seed", "a whole number", Long::valueOf).orElse(0L),
            colours(texts),
            texts.number("strength").map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    requireSteps(order);
    return order;
  }

  private static Recipe recipe(FormTexts texts) {
    RecipeBuilder builder =
        texts.text("recipe").map(Recipes::named).orElse(Recipes.DEFAULT).toBuilder();
    texts.whole("steps").ifPresent(builder::steps);
    texts.number("contentWeight", builder::contentWeight);
    texts.number("styleWeight", builder::styleWeight);
    texts.number("tvWeight", builder::tvWeight);
    texts.text("init").map(JobForm::start).ifPresent(builder::start);
    return builder.build();
  }

  private void requireSteps(JobOrder order) {
    if (order.steps() > limits.steps()) {
      boolean scales = order.steps() != order.recipe().steps();
      throw new InvalidSettingException(
          "steps",
          "steps (%d%s) must be at most %d here"
              .formatted(order.steps(), scales ? " at all scales" : "", limits.steps()));
    }
  }

  private static ColourKeeping colours(FormTexts texts) {
    return texts
        .text("colours")
        .map(word -> Settings.choice("colours", ColourKeeping.class, word))
        .orElse(ColourKeeping.NONE);
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

  /** The form's field that a setting comes from; empty if from none. */
  private static String field(String setting) {
    return switch (setting) {
      case "regions" -> JobFields.maskName(1);
      case "weight" -> JobFields.styleSetting(1, "weight");
      default ->
          JobFields.TEXTS.contains(setting) || JobFields.FILES.contains(setting) ? setting : "";
    };
  }
}
