package io.stylegraph.cli;

import static java.util.Objects.requireNonNullElseGet;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Overrides;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeBuilder;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Start;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a job is. */
final class JobOptions {
  @Option(
      names = "--content",
      required = true,
      paramLabel = "FILE",
      description = "The picture to paint anew.")
  private Path content;

  @Option(
      names = "--style",
      required = true,
      paramLabel = "FILE",
      description = "The picture whose style it gets.")
  private Path style;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "The exported backbone. Default: savedmodels/vgg19-imagenet, else savedmodels/vgg16-hed.")
  private @Nullable Path model;

  @Option(
      names = "--recipe",
      paramLabel = "NAME|FILE.json",
      defaultValue = "tf-eager",
      description =
          "See `stylegraph recipes`; `recipes --show NAME --json` prints a file to start from."
              + " Default: ${DEFAULT-VALUE}.")
  private String recipe;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "" + StyleTransferRequest.DEFAULT_SIZE,
      description =
          "Bound on the longer side of both pictures in pixels; never enlarges; 0 keeps their own."
              + " Default: ${DEFAULT-VALUE}.")
  private int size;

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
      paramLabel = "content|noise|style|FILE",
      description = "The first picture. Default: the recipe's.")
  private @Nullable String init;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Change any part of the recipe, after all other options, as in optimizer.beta1=0.99 or"
              + " styleLayers.block1_conv1=0.5. Repeatable; the names are those of the JSON file.")
  private List<String> changes = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the noise. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      defaultValue = "auto",
      description = "Default: ${DEFAULT-VALUE}, a GPU where there is one.")
  private String device;

  @Option(
      names = "--precision",
      paramLabel = "auto|fp32|bf16",
      defaultValue = "auto",
      description = "Default: ${DEFAULT-VALUE}, which is fp32.")
  private String precision;

  Path model() {
    return requireNonNullElseGet(model, ModelChoice::find);
  }

  /** Every file that the options name. */
  List<Path> inputs() {
    return Stream.of(
            Stream.of(content, style), startFile().stream(), RecipeChoice.file(recipe).stream())
        .flatMap(it -> it)
        .toList();
  }

  /** The file that {@code --init} names, if it names one. */
  private Optional<Path> startFile() {
    return start() == Start.PICTURE ? Optional.ofNullable(init).map(Path::of) : Optional.empty();
  }

  /** The job, with the recipe changed by {@code more} after the options here but {@code --set}. */
  StyleTransferRequest request(Consumer<RecipeBuilder> more) {
    return request(PictureSource.of(content), PictureSource.of(style), more);
  }

  /** The same job with its two pictures already read. */
  StyleTransferRequest request(
      PictureSource contentSource, PictureSource styleSource, Consumer<RecipeBuilder> more) {
    return new StyleTransferRequest(
        contentSource,
        styleSource,
        recipe(more),
        size,
        startFile().map(PictureSource::of),
        seed,
        new ComputeSettings(
            Settings.choice("device", Device.class, device),
            Settings.choice("precision", Precision.class, precision)));
  }

  private Recipe recipe(Consumer<RecipeBuilder> more) {
    RecipeBuilder builder = RecipeChoice.find(recipe).toBuilder();
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
          "init", "init (%s) must be content, noise, style or a picture's file".formatted(init));
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
