package io.stylegraph;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** What the parts of a request must have to do with one another. */
final class RequestChecks {
  private RequestChecks() {}

  /**
   * Refuses what cannot be painted.
   *
   * @throws InvalidSettingException naming the part and what to do
   */
  static void check(
      Recipe recipe, List<StyleSource> styles, List<Region> regions, OptionalDouble strength) {
    if (styles.isEmpty()) {
      throw new InvalidSettingException("styles", "styles are none; give one at least");
    }
    refuseTwice(regions);
    Set<String> names = regions.stream().map(Region::name).collect(Collectors.toSet());
    styles.forEach(style -> requireKnown(style, names, recipe));
    requireWeight("styles", styles);
    for (Region region : regions) {
      List<StyleSource> own = styles.stream().filter(it -> it.paints(region.name())).toList();
      if (own.isEmpty()) {
        throw new InvalidSettingException(
            "regions",
            "region %s has no style; give it one (--style FILE:region=%s) or leave its mask out"
                .formatted(region.name(), region.name()));
      }
      requireWeight("styles of region " + region.name(), own);
    }
    strength.ifPresent(it -> requireBalance(recipe, it));
  }

  private static void requireBalance(Recipe recipe, double strength) {
    if (!(strength >= 0 && strength <= 1)) {
      throw new InvalidSettingException(
          "strength", "strength (%s) must be from 0 to 1".formatted(strength));
    }
    if (recipe.styleLayers().isEmpty() || recipe.contentLayers().isEmpty()) {
      throw new InvalidSettingException(
          "strength",
          "strength (%s) balances style and content, and recipe %s has no %s layers; leave it out"
              .formatted(
                  strength, recipe.name(), recipe.styleLayers().isEmpty() ? "style" : "content"));
    }
  }

  private static void refuseTwice(List<Region> regions) {
    Set<String> names = new HashSet<>();
    for (Region it : regions) {
      if (!names.add(it.name())) {
        throw new InvalidSettingException(
            "regions",
            "two regions are called %s; give each a name of its own".formatted(it.name()));
      }
    }
  }

  private static void requireKnown(StyleSource style, Set<String> regions, Recipe recipe) {
    style
        .region()
        .filter(name -> !regions.contains(name))
        .ifPresent(
            name -> {
              throw new InvalidSettingException(
                  "styles",
                  "style %s is for region %s, which has no mask; give one (--mask %s=FILE)%s"
                      .formatted(
                          style.picture().label(),
                          name,
                          name,
                          regions.isEmpty()
                              ? ""
                              : ", or choose one of: " + String.join(", ", sorted(regions))));
            });
    List<String> known = recipe.styleLayers().stream().map(LayerWeight::layer).toList();
    for (String layer : style.layers()) {
      if (!known.contains(layer)) {
        throw new InvalidSettingException(
            "layers",
            "%s of style %s is no style layer of %s; its style layers: %s"
                .formatted(
                    layer, style.picture().label(), recipe.name(), String.join(", ", known)));
      }
    }
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static void requireWeight(String what, List<StyleSource> styles) {
    if (styles.stream().mapToDouble(StyleSource::weight).sum() <= 0) {
      throw new InvalidSettingException(
          "weight",
          "the weights of the %s sum to 0; give one of them a weight above 0".formatted(what));
    }
  }
}
