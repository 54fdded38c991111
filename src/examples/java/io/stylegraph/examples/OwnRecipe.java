package io.stylegraph.examples;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A recipe of our own, kept in a file and read back. Takes the model's folder, the two pictures,
 * the output, and the recipe's file.
 */
final class OwnRecipe {
  private OwnRecipe() {}

  /** Coarse strokes: the two deep layers count most, from noise, by L-BFGS. */
  static Recipe coarse(int steps) {
    return Recipes.TF_EAGER.toBuilder()
        .name("coarse")
        .summary("Deep style layers, L-BFGS from noise")
        .source("ours")
        .styleLayers(
            List.of(new LayerWeight("block4_conv1", 0.7), new LayerWeight("block5_conv1", 0.3)))
        .contentLayers(List.of(new LayerWeight("block4_conv2", 1)))
        .optimizer("lbfgs")
        .start(Start.NOISE)
        .steps(steps)
        .build();
  }

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[4]);
    Files.writeString(file, RecipeFile.text(coarse(60)));
    Recipe recipe = RecipeFile.read(file);
    try (var stylizer = Stylizer.load(Path.of(args[0]))) {
      var request =
          StyleTransferRequest.of(
                  PictureSource.of(Path.of(args[1])), PictureSource.of(Path.of(args[2])))
              .withSize(256)
              .withRecipe(recipe);
      stylizer.stylize(request).write(Path.of(args[3]));
    }
  }
}
