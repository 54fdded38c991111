package io.stylegraph.cli;

import io.stylegraph.PictureSource;
import io.stylegraph.Region;
import io.stylegraph.StyleSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which styles go where, how strongly, and in whose colours. */
final class StyleOptions {
  @Option(
      names = "--style",
      paramLabel = "FILE[:weight=X][:scale=X][:mask=FILE][:region=NAME][:layers=A,B]",
      description =
          "The picture whose style it gets; repeatable. weight: beside the other styles; scale:"
              + " larger makes larger strokes; mask: what of the style counts (white); region: the"
              + " --mask that it paints (else all of them); layers: the style layers that it gives"
              + " (deep ones structure, shallow ones strokes). May be left out where the recipe"
              + " gives its term no weight.")
  private List<String> styles = List.of();

  @Option(
      names = "--mask",
      paramLabel = "[NAME=]FILE",
      description =
          "Paint only the part of the content that is white in this picture; repeatable, each with"
              + " a name for the styles that paint it. What no mask covers keeps the content.")
  private List<String> masks = List.of();

  @Option(
      names = "--colours",
      paramLabel = "none|after|cholesky|pca|symmetric|histogram",
      description =
          "Keep the content's colours: after takes the result's luminance alone; the others bring"
              + " the style's colours to the content's before. Default: none.")
  private @Nullable String colours;

  @Option(
      names = "--strength",
      paramLabel = "X",
      description =
          "The balance from 0 (content alone) to 1 (style alone), alike on every model, in place of"
              + " --content-weight.")
  private @Nullable Double strength;

  /** The pictures of the styles, in order. */
  List<Path> pictures() {
    return arguments().stream().map(it -> it.files().get(0)).toList();
  }

  /** Every file that the options name. */
  Stream<Path> files() {
    return Stream.concat(
        arguments().stream().flatMap(it -> it.files().stream()),
        masks.stream().map(StyleOptions::maskFile));
  }

  /** The request with what the options say. */
  StyleTransferRequest apply(StyleTransferRequest request) {
    List<StyleSource> sources = arguments().stream().map(StyleArgument::source).toList();
    StyleTransferRequest changed = request;
    if (!masks.isEmpty()) {
      changed = changed.withRegions(sources.isEmpty() ? request.styles() : sources, regions());
    } else if (!sources.isEmpty()) {
      changed = changed.withStyles(sources);
    }
    if (colours != null) {
      changed = changed.withColours(Settings.choice("colours", ColourKeeping.class, colours));
    }
    return strength == null ? changed : changed.withStrength(strength);
  }

  private List<StyleArgument> arguments() {
    try {
      return styles.stream().map(StyleArgument::parse).toList();
    } catch (InvalidPathException e) {
      throw new InvalidSettingException("style", "style (%s) is no file".formatted(e.getInput()));
    }
  }

  private List<Region> regions() {
    List<Region> regions = new ArrayList<>();
    for (String mask : masks) {
      int equals = mask.indexOf('=');
      String name = equals > 0 ? mask.substring(0, equals) : String.valueOf(regions.size() + 1);
      regions.add(new Region(name, PictureSource.of(maskFile(mask))));
    }
    return regions;
  }

  private static Path maskFile(String mask) {
    return Path.of(mask.substring(mask.indexOf('=') + 1));
  }
}
