package io.stylegraph.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/**
 * The names of a new job's form fields. Styles and masks are numbered from 1; the first picture of
 * each kind goes without its number, a style's settings do not, as in {@code style1.weight}.
 */
final class JobFields {
  /** So many styles, and so many masks, at most. */
  static final int MOST = 4;

  /** What a style has beside its picture, its mask aside. */
  static final ImmutableList<String> STYLE_SETTINGS =
      ImmutableList.of("weight", "scale", "region", "layers");

  static final ImmutableSet<String> FILES;
  static final ImmutableSet<String> TEXTS;

  /** All of them, in few words. */
  static final String LISTING =
      ("content or contentSample; style or styleSample, to style%1$d or style%1$dSample;"
              + " style1.weight, style1.scale, style1.region, style1.layers and style1.mask, to"
              + " style%1$d.mask; mask and maskName, to mask%1$d and mask%1$dName; recipe, size,"
              + " steps, contentWeight, styleWeight, tvWeight, strength, colours, init, seed")
          .formatted(MOST);

  static {
    ImmutableSet.Builder<String> files = ImmutableSet.builder();
    ImmutableSet.Builder<String> texts = ImmutableSet.builder();
    files.add("content");
    texts.add("contentSample");
    for (int number = 1; number <= MOST; number++) {
      files.add(style(number), styleSetting(number, "mask"), mask(number));
      texts.add(sample(style(number)), maskName(number));
      for (String setting : STYLE_SETTINGS) {
        texts.add(styleSetting(number, setting));
      }
    }
    texts.add("recipe", "size", "steps", "contentWeight", "styleWeight", "tvWeight");
    texts.add("strength", "colours", "init", "seed");
    FILES = files.build();
    TEXTS = texts.build();
  }

  private JobFields() {}

  /** A style's picture. */
  static String style(int number) {
    return number == 1 ? "style" : "style" + number;
  }

  /** As in {@code style2.weight}. */
  static String styleSetting(int number, String setting) {
    return "style%d.%s".formatted(number, setting);
  }

  /** A region's mask. */
  static String mask(int number) {
    return number == 1 ? "mask" : "mask" + number;
  }

  /** A region's name. */
  static String maskName(int number) {
    return mask(number) + "Name";
  }

  /** A sample's name in place of a file. */
  static String sample(String picture) {
    return picture + "Sample";
  }
}
