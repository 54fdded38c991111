package io.stylegraph.service;

import com.google.common.base.Splitter;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.recipe.LayerWeight;
import io.stylegraph.recipe.Recipe;
import io.stylegraph.recipe.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the styles of a new job and the regions that they paint. */
final class StyleForm {
  private static final double SMALLEST_SCALE = 0.01;
  private static final double LARGEST_SCALE = 16;

  private final FormPictures pictures;
  private final FormTexts texts;
  private final int size;

  /** Of the job. */
  StyleForm(FormPictures pictures, FormTexts texts, int size) {
    this.pictures = pictures;
    this.texts = texts;
    this.size = size;
  }

  /** The regions; none for the whole picture. */
  List<OrderedRegion> regions() {
    List<OrderedRegion> regions = new ArrayList<>();
    for (int number = 1; number <= JobFields.MOST; number++) {
      String field = JobFields.mask(number);
      Optional<String> name = texts.text(JobFields.maskName(number));
      Optional<OrderedPicture> mask = pictures.mask(field, size);
      if (mask.isPresent()) {
        String usual = Integer.toString(number);
        regions.add(new OrderedRegion(name.orElse(usual), mask.get()));
      } else if (name.isPresent()) {
        throw without(JobFields.maskName(number), field);
      }
    }
    return regions;
  }

  /**
   * The styles, one at least.
   *
   * @param largest longer side of a picture, in pixels
   */
  List<OrderedStyle> styles(Recipe recipe, List<OrderedRegion> regions, int largest) {
    List<OrderedStyle> styles = new ArrayList<>();
    for (int number = 1; number <= JobFields.MOST; number++) {
      if (number == 1 || pictures.has(JobFields.style(number))) {
        styles.add(style(number, recipe, regions, largest));
      } else {
        refuseSettings(number);
      }
    }
    regions.forEach(region -> requireStyle(region, styles));
    return styles;
  }

  private OrderedStyle style(int number, Recipe recipe, List<OrderedRegion> regions, int largest) {
    String weight = JobFields.styleSetting(number, "weight");
    double scale = scale(JobFields.styleSetting(number, "scale"), largest);
    int kept = (int) Math.round(size * Math.max(1, scale));
    return new OrderedStyle(
        pictures.picture(JobFields.style(number), kept),
        Settings.notNegative(weight, texts.number(weight).orElse(1.0)),
        scale,
        pictures.mask(JobFields.styleSetting(number, "mask"), kept),
        region(JobFields.styleSetting(number, "region"), regions),
        layers(JobFields.styleSetting(number, "layers"), recipe));
  }

  /** So that no picture is larger than a job's may be. */
  private double scale(String field, int largest) {
    double scale = texts.number(field).orElse(1.0);
    double most = Math.min(LARGEST_SCALE, Math.floor(100.0 * largest / size) / 100);
    if (!(scale >= SMALLEST_SCALE && scale <= most)) {
      throw new InvalidSettingException(
          field,
          "%s (%s) must be from %s to %s at this size"
              .formatted(field, scale, SMALLEST_SCALE, most));
    }
    return scale;
  }

  private Optional<String> region(String field, List<OrderedRegion> regions) {
    Optional<String> name = texts.text(field);
    List<String> known = regions.stream().map(OrderedRegion::name).toList();
    if (name.isPresent() && !known.contains(name.get())) {
      throw new InvalidSettingException(
          field,
          "%s (%s) is no mask's name; %s"
              .formatted(
                  field,
                  name.get(),
                  known.isEmpty() ? "give a mask" : "choose one of: " + String.join(", ", known)));
    }
    return name;
  }

  private List<String> layers(String field, Recipe recipe) {
    List<String> known = recipe.styleLayers().stream().map(LayerWeight::layer).toList();
    List<String> layers =
        Splitter.on(',').trimResults().omitEmptyStrings().splitToList(texts.text(field).orElse(""));
    for (String layer : layers) {
      if (!known.contains(layer)) {
        throw new InvalidSettingException(
            field,
            "%s (%s) is no style layer of %s; its style layers: %s"
                .formatted(field, layer, recipe.name(), String.join(", ", known)));
      }
    }
    return layers;
  }

  private void refuseSettings(int number) {
    String picture = JobFields.style(number);
    for (String setting : JobFields.STYLE_SETTINGS) {
      String field = JobFields.styleSetting(number, setting);
      if (texts.text(field).isPresent()) {
        throw without(field, picture);
      }
    }
    String mask = JobFields.styleSetting(number, "mask");
    if (pictures.has(mask)) {
      throw without(mask, picture);
    }
  }

  private static InvalidSettingException without(String field, String picture) {
    return new InvalidSettingException(
        field,
        "%s is given without %s; give the picture too, or leave it out".formatted(field, picture));
  }

  private static void requireStyle(OrderedRegion region, List<OrderedStyle> styles) {
    if (styles.stream().noneMatch(it -> it.paints(region.name()))) {
      throw new InvalidSettingException(
          region.mask().field(),
          "no style paints the region %s; set the region of one to it, or leave its mask out"
              .formatted(region.name()));
    }
  }
}
