package io.stylegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Joiner;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import io.stylegraph.recipe.Settings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the named recipes. */
@Command(name = "recipes", description = "List the recipes.")
final class RecipesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Everything of each recipe, as a JSON array.")
  private boolean json;

  @Option(names = "--show", paramLabel = "NAME", description = "One recipe as a readable sheet.")
  private @Nullable String show;

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (show != null) {
      out.println(sheet(Recipes.named(show)));
    } else if (json) {
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Recipes.all()));
    } else {
      Recipes.all().forEach(recipe -> out.println(row(recipe)));
    }
    return ExitCode.OK;
  }

  private static String row(Recipe recipe) {
    return String.format(
        Locale.ROOT,
        "%-19s %s; style %s, content %s, tv %.4g; %s at %s, %d steps%n%-19s from %s",
        recipe.name(),
        recipe.summary(),
        recipe.styleWeight(),
        recipe.contentWeight(),
        recipe.tvWeight(),
        recipe.optimizer().kind(),
        recipe.optimizer().learningRate(),
        recipe.steps(),
        "",
        recipe.source());
  }

  private static String sheet(Recipe recipe) {
    return """
        %s: %s
        source         %s
        losses         %s
        pixels         %s
        style layers   %s
        content layers %s
        style weight   %s
        content weight %s
        tv weight      %s
        optimizer      %s
        steps          %d, shown every %d
        start          %s
        keep           %s"""
        .formatted(
            recipe.name(),
            recipe.summary(),
            recipe.source(),
            recipe.form(),
            Settings.word(recipe.pixels()),
            Joiner.on(", ").join(recipe.styleLayers()),
            Joiner.on(", ").join(recipe.contentLayers()),
            recipe.styleWeight(),
            recipe.contentWeight(),
            recipe.tvWeight(),
            recipe.optimizer(),
            recipe.steps(),
            recipe.showEvery(),
            Settings.word(recipe.start()),
            Settings.word(recipe.keep()));
  }
}
