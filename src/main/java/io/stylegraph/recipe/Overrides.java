package io.stylegraph.recipe;

import io.stylegraph.error.InvalidSettingException;
import java.util.List;

/** Changes of a recipe that come as text. */
public final class Overrides {
  private Overrides() {}

  /**
   * The recipe with its parts changed, in the order given.
   *
   * @param assignments as in {@code optimizer.beta1=0.99}, with the names of {@link RecipeFile};
   *     {@code styleLayers.block1_conv1=0.5} changes the weight of one of the recipe's layers, and
   *     {@code optimizer.kind=lbfgs} takes the constants of {@link Recipes}
   * @param source where they come from, for messages, as in {@code --set}
   * @throws InvalidSettingException if a name is unknown or a value not allowed; the message names
   *     it
   */
  public static Recipe apply(Recipe recipe, List<String> assignments, String source) {
    if (assignments.isEmpty()) {
      // Jackson takes a quarter of a second to begin.
      return recipe;
    }
    RecipeTree tree = RecipeTree.of(recipe);
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new InvalidSettingException(
            source,
            "%s (%s) must be PATH=VALUE, as in optimizer.beta1=0.99".formatted(source, assignment));
      }
      tree.set(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return tree.recipe(source);
  }
}
