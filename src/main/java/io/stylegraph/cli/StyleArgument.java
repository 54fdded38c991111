package io.stylegraph.cli;

import com.google.common.base.Splitter;
import com.google.common.primitives.Doubles;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleSource;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.TypeConversionException;

/**
 * What one {@code --style} says: a file, then settings as in {@code
 * night.jpg:weight=0.7:scale=1.5:region=sky}.
 *
 * @param file of the picture
 * @param settings name and value of each
 */
record StyleArgument(Path file, List<Setting> settings) {
  private static final Set<String> NAMES = Set.of("weight", "scale", "mask", "region", "layers");

  /** As in {@code weight=0.7}. */
  record Setting(String name, String value) {}

  /**
   * Reads the settings from the end on; what is none of them belongs to the file's name, in which a
   * colon may stand.
   *
   * @throws TypeConversionException saying what is wrong
   */
  static StyleArgument parse(String text) {
    Deque<Setting> settings = new ArrayDeque<>();
    String file = text;
    for (int colon = file.lastIndexOf(':'); colon > 0; colon = file.lastIndexOf(':')) {
      int equals = file.indexOf('=', colon);
      if (equals < 0) {
        break;
      }
      String name = file.substring(colon + 1, equals);
      if (!NAMES.contains(name)) {
        throw new TypeConversionException(
            "%s is unknown; choose of: weight, scale, mask, region, layers".formatted(name));
      }
      settings.push(setting(name, file.substring(equals + 1)));
      file = file.substring(0, colon);
    }
    return new StyleArgument(Main.path(file), List.copyOf(settings));
  }

  private static Setting setting(String name, String value) {
    if (name.equals("mask")) {
      Main.path(value);
    }
    if ((name.equals("weight") || name.equals("scale")) && Doubles.tryParse(value) == null) {
      throw new TypeConversionException("%s (%s) must be a number".formatted(name, value));
    }
    return new Setting(name, value);
  }

  /** The style that it stands for. */
  StyleSource source() {
    StyleSource source = StyleSource.of(PictureSource.of(file));
    for (Setting it : settings) {
      source =
          switch (it.name()) {
            case "weight" -> source.withWeight(Double.parseDouble(it.value()));
            case "scale" -> source.withScale(Double.parseDouble(it.value()));
            case "mask" -> source.withMask(PictureSource.of(Path.of(it.value())));
            case "region" -> source.withRegion(it.value());
            default ->
                source.withLayers(
                    Splitter.on(',').trimResults().omitEmptyStrings().splitToList(it.value()));
          };
    }
    return source;
  }

  /** The files that it names. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(file));
    settings.stream()
        .filter(it -> it.name().equals("mask"))
        .forEach(it -> files.add(Path.of(it.value())));
    return files;
  }
}
