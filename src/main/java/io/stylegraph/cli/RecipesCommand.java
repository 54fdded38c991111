package io.stylegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.OptimizerSettings;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.RecipeFile;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the named recipes. */
@Command(name = "recipes", description = "List the recipes, or show one.")
final class RecipesCommand implements Callable<Integer> {
  /** The longest name has 22 letters. */
  private static final String ROW = "%-24s%-20s%-22s%-8s%-13s%7s  %s%n";

  @Spec private CommandSpec spec;

  @Option(
      names = "--json",
      description =
          "Everything of each recipe, as a JSON array; with --show, one as a file for --recipe.")
  private boolean json;

  @Option(
      names = "--show",
      paramLabel = "NAME|FILE.json",
      description = "One recipe as a readable sheet.")
  private @Nullable String show;

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (show != null) {
      Recipe recipe = RecipeChoice.find(show);
      out.println(json ? RecipeFile.text(recipe) : RecipeSheet.of(recipe));
    } else if (json) {
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Recipes.all()));
    } else {
      table(out);
    }
    return ExitCode.OK;
  }

  private static void table(PrintWriter out) {
    out.printf(ROW, "recipe", "style", "content", "tv", "optimiser", "steps", "start");
    for (Recipe it : Recipes.all()) {
      out.printf(
          ROW,
          it.name(),
          term(it.styleWeight(), it.styleLayers()),
          term(it.contentWeight(), it.contentLayers()),
          Numbers.rounded(it.tvWeight()),
          rate(it.optimizer()),
          it.allSteps(StyleTransferRequest.DEFAULT_SIZE),
          Settings.word(it.start()));
    }
    out.println("`stylegraph recipes --show NAME` tells all of one.");
  }

  private static String term(double weight, List<LayerWeight> layers) {
    if (weight == 0) {
      return "0";
    }
    String where = layers.size() == 1 ? layers.get(0).layer() : layers.size() + " layers";
    return "%s, %s".formatted(Numbers.rounded(weight), where);
  }

  private static String rate(OptimizerSettings optimizer) {
    return "%s %s".formatted(optimizer.kind(), Numbers.rounded(optimizer.learningRate()));
  }
}
