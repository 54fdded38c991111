package io.stylegraph.cli;

import io.stylegraph.error.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The model that is used when none is named: the best of those exported. */
final class ModelChoice {
  private static final Path FOLDER = Path.of("savedmodels");

  /** Random weights are not among them: they are never chosen silently. */
  private static final List<String> PREFERRED = List.of("vgg19-imagenet", "vgg16-hed");

  private ModelChoice() {}

  /** The exported model of that name. */
  static Path named(String name) {
    return FOLDER.resolve(name);
  }

  static Path find() {
    return PREFERRED.stream()
        .map(FOLDER::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    FOLDER,
                    "has none of %s; export one with `make export` or name a folder with --model"
                        .formatted(String.join(", ", PREFERRED))));
  }
}
