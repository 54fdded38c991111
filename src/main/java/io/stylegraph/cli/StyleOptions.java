package io.stylegraph.cli;

import io.stylegraph.PictureSource;
import io.stylegraph.Region;
import io.stylegraph.StyleSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.Settings;
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
  private List<StyleArgument> styles = List.of();

  @Option(
      names = "--mask",
      paramLabel = "[NAME=]FILE",
      description =
          "Paint only the part of the content that is white in this picture; repeatable, each with"
              + " a name for the styles that paint it. What no mask covers keeps the content.")
  private List<MaskArgument> masks = List.of();

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
    return styles.stream().map(StyleArgument::file).toList();
  }

  /** Every file that the options name. */
  Stream<Path> files() {
    return Stream.concat(
        styles.stream().flatMap(it -> it.files().stream()), masks.stream().map(MaskArgument::file));
  }

  /** The request with what the options say. */
  StyleTransferRequest apply(StyleTransferRequest request) {
    List<StyleSource> sources = styles.stream().map(StyleArgument::source).toList();
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

  private List<Region> regions() {
    List<Region> regions = new ArrayList<>();
    for (MaskArgument mask : masks) {
      String name = mask.name().isEmpty() ? String.valueOf(regions.size() + 1) : mask.name();
      regions.add(new Region(name, PictureSource.of(mask.file())));
    }
    return regions;
  }
}
