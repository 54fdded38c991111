package io.stylegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.ModelSource;
import io.stylegraph.PictureSource;
import io.stylegraph.RequestJson;
import io.stylegraph.StyleSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.recipe.ColourKeeping;
import io.stylegraph.recipe.Overrides;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Recipes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the jobs of a batch take where their lines do not say. */
final class BatchOptions {
  @Mixin private CommonOptions common;
  @Mixin private StyleOptions styles;

  @Option(
      names = "--recipe",
      paramLabel = "NAME|FILE.json",
      description = "Of the jobs whose lines name none. Default: tf-eager.")
  private @Nullable String recipe;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Short for --set steps=N. Default: the recipe's.")
  private @Nullable Integer steps;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Change any part of every job's recipe, as in optimizer.beta1=0.99, but for the parts that"
              + " its line sets. Repeatable; the names are those of the JSON file.")
  private List<String> changes = List.of();

  /** Where the model is loaded from. */
  ModelSource model() {
    return common.model();
  }

  /** They as {@link RequestJson} has them, with whole paths. */
  String usual() {
    StyleTransferRequest like = like();
    StyleTransferRequest whole =
        RequestJson.parse(
            RequestJson.text(like), name -> PictureSource.of(Path.of(name).toAbsolutePath()));
    ObjectNode usual = RequestJson.object(RequestJson.text(whole));
    usual.remove("content");
    if (styles.pictures().isEmpty()) {
      usual.remove("styles");
    }
    for (String change : changes()) {
      int equals = change.indexOf('=');
      usual.withObject("/set").put(change.substring(0, equals), change.substring(equals + 1));
    }
    return usual.toString();
  }

  /** A job whose pictures stand for those that the lines name. */
  private StyleTransferRequest like() {
    Recipe chosen = recipe == null ? Recipes.DEFAULT : RecipeChoice.find(recipe);
    PictureSource any = PictureSource.of(Path.of("content"));
    return styles.apply(
        new StyleTransferRequest(
            any,
            List.of(StyleSource.of(any)),
            List.of(),
            Overrides.apply(chosen, changes(), "--set"),
            common.size(StyleTransferRequest.DEFAULT_SIZE),
            Optional.empty(),
            common.seed(),
            ColourKeeping.NONE,
            OptionalDouble.empty(),
            common.compute()));
  }

  private List<String> changes() {
    List<String> all = new ArrayList<>();
    if (steps != null) {
      all.add("steps=" + steps);
    }
    all.addAll(changes);
    return all;
  }
}
