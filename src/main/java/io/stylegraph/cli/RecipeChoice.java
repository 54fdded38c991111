package io.stylegraph.cli;

import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import io.stylegraph.recipe.Recipes;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code --recipe} names: a recipe of ours or a file. */
final class RecipeChoice {
  private RecipeChoice() {}

  static Recipe find(String nameOrFile) {
    return file(nameOrFile).map(RecipeFile::read).orElseGet(() -> Recipes.named(nameOrFile));
  }

  /** The file, if it is one: what ends in .json, or exists and is no recipe's name. */
  static Optional<Path> file(String nameOrFile) {
    boolean named = Recipes.all().stream().anyMatch(it -> it.name().equals(nameOrFile));
    if (named || nameOrFile.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(nameOrFile))
          .filter(it -> nameOrFile.endsWith(".json") || Files.exists(it));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
