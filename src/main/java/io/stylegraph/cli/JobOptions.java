package io.stylegraph.cli;

import static com.google.common.base.MoreObjects.firstNonNull;

import io.stylegraph.ModelSource;
import io.stylegraph.PictureSource;
import io.stylegraph.RunNotes;
import io.stylegraph.StyleSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Overrides;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeBuilder;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Start;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what a job is. */
final class JobOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private CommonOptions common;

  @Option(
      names = "--content",
      paramLabel = "FILE",
      description =
          "The picture to paint anew. May be left out where the recipe gives its term no weight.")
  private @Nullable Path content;

  @Mixin private StyleOptions styles;

  @Option(
      names = "--recipe",
      paramLabel = "NAME|FILE.json",
      description =
          "See `stylegraph recipes`; `recipes --show NAME --json` prints a file to start from."
              + " Default: tf-eager.")
  private @Nullable String recipe;

  @Option(
      names = "--style-layers",
      paramLabel = "LAYER[:WEIGHT],...",
      description = "As in block1_conv1:0.5,block3_conv1:1. Default: the recipe's.")
  private @Nullable String styleLayers;

  @Option(
      names = "--content-layers",
      paramLabel = "LAYER[:WEIGHT],...",
      description = "Default: the recipe's.")
  private @Nullable String contentLayers;

  @Option(names = "--content-weight", paramLabel = "X", description = "Default: the recipe's.")
  private @Nullable Double contentWeight;

  @Option(names = "--style-weight", paramLabel = "X", description = "Default: the recipe's.")
  private @Nullable Double styleWeight;

  @Option(
      names = "--tv-weight",
      paramLabel = "X",
      description = "Weight of total variation. Default: the recipe's.")
  private @Nullable Double tvWeight;

  @Option(
      names = "--init",
      paramLabel = "content|recoloured|noise|style|grey|statistics|FILE",
      description =
          "The first picture; recoloured is the content in the style's colours, statistics noise of"
              + " the style's mean and covariance. Default: the recipe's.")
  private @Nullable String init;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Change any part of the recipe, after all other options, as in optimizer.beta1=0.99 or"
              + " styleLayers.block1_conv1=0.5. Repeatable; the names are those of the JSON file.")
  private List<String> changes = List.of();

  /** Where the model is loaded from. */
  ModelSource model() {
    return common.model();
  }

  /** Loads the model. */
  Stylizer stylizer() {
    return common.stylizer();
  }

  /** The pictures given as content and style, by these words. */
  Map<String, Path> pictures() {
    Map<String, Path> given = new LinkedHashMap<>();
    if (content != null) {
      given.put("content", content);
    }
    List<Path> files = styles.pictures();
    for (int i = 0; i < files.size(); i++) {
      given.put(i == 0 ? "style" : "style " + (i + 1), files.get(i));
    }
    return given;
  }

  /** Every file that the options name. */
  List<Path> inputs() {
    return Stream.of(
            Stream.ofNullable(content), styles.files(), startFile().stream(), recipeFile().stream())
        .flatMap(it -> it)
        .toList();
  }

  private Optional<Path> recipeFile() {
    return Optional.ofNullable(recipe).flatMap(RecipeChoice::file);
  }

  /** The file that {@code --init} names, if it names one. */
  private Optional<Path> startFile() {
    return start() == Start.PICTURE ? Optional.ofNullable(init).map(Path::of) : Optional.empty();
  }

  /**
   * The job, with the recipe changed by {@code more} after the options here but {@code --set}.
   *
   * @throws ParameterException if a picture that the recipe needs was not given
   */
  StyleTransferRequest request(Consumer<RecipeBuilder> more) {
    return request(Optional.empty(), more);
  }

  /**
   * As above.
   *
   * @param like settings that stand in for those not given
   */
  StyleTransferRequest request(Optional<RunNotes> like, Consumer<RecipeBuilder> more) {
    Recipe chosen = recipe(like, more);
    Start begin = chosen.start();
    boolean recoloured = begin == Start.RECOLOURED;
    boolean needsContent = chosen.contentWeight() > 0 || begin == Start.CONTENT || recoloured;
    boolean needsStyle =
        chosen.styleWeight() > 0 || begin == Start.STYLE || begin == Start.STATISTICS || recoloured;
    Path style = styles.pictures().stream().findFirst().orElse(null);
    require("--content", content, needsContent || (!needsStyle && style == null));
    require("--style", style, needsStyle);
    // Where only its size counts, the other picture stands in for the one left out.
    return styles.apply(
        new StyleTransferRequest(
            PictureSource.of(firstNonNull(content, style)),
            List.of(StyleSource.of(PictureSource.of(firstNonNull(style, content)))),
            List.of(),
            chosen,
            common.size(like.map(RunNotes::size).orElse(StyleTransferRequest.DEFAULT_SIZE)),
            startFile().map(PictureSource::of),
            common.seed(like.map(RunNotes::seed).orElse(0L)),
            like.map(RunNotes::colours).orElse(ColourKeeping.NONE),
            like.map(RunNotes::strength).orElse(OptionalDouble.empty()),
            common.compute(like.map(RunNotes::precision).orElse(Precision.AUTO))));
  }

  private void require(String option, @Nullable Path picture, boolean needed) {
    if (needed && picture == null) {
      throw new ParameterException(
          command.commandLine(), "Missing required option: '%s=FILE'".formatted(option));
    }
  }

  private Recipe recipe(Optional<RunNotes> like, Consumer<RecipeBuilder> more) {
    Recipe usual = like.map(RunNotes::recipe).orElse(Recipes.DEFAULT);
    RecipeBuilder builder = (recipe == null ? usual : RecipeChoice.find(recipe)).toBuilder();
    if (styleLayers != null) {
      builder.styleLayers(LayerWeight.parse("styleLayers", styleLayers));
    }
    if (contentLayers != null) {
      builder.contentLayers(LayerWeight.parse("contentLayers", contentLayers));
    }
    if (contentWeight != null) {
      builder.contentWeight(contentWeight);
    }
    if (styleWeight != null) {
      builder.styleWeight(styleWeight);
    }
    if (tvWeight != null) {
      builder.tvWeight(tvWeight);
    }
    Start start = start();
    if (start != null) {
      builder.start(start);
    }
    more.accept(builder);
    return Overrides.apply(builder.build(), changes, "--set");
  }

  /** The word given, or PICTURE for anything else, which must then be a file. */
  private @Nullable Start start() {
    if (init == null) {
      return null;
    }
    return Arrays.stream(Start.values())
        .filter(value -> value != Start.PICTURE && Settings.word(value).equals(init))
        .findFirst()
        .orElseGet(this::startPicture);
  }

  private Start startPicture() {
    if (init == null || !exists(init)) {
      throw new InvalidSettingException(
          "init",
          ("init (%s) must be content, recoloured, noise, style, grey, statistics or a"
                  + " picture's file")
              .formatted(init));
    }
    return Start.PICTURE;
  }

  private static boolean exists(String file) {
    try {
      return !file.isEmpty() && Files.exists(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
