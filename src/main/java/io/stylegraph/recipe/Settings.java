package io.stylegraph.recipe;

import io.stylegraph.error.InvalidSettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Checks that settings share; each names the setting, its value and what is allowed. */
public final class Settings {
  private Settings() {}

  /** Returns {@code value}, or refuses what is not a finite number above zero. */
  public static double positive(String setting, double value) {
    return check(
        value > 0 && Double.isFinite(value), setting, value, "must be positive and finite");
  }

  /** Returns {@code value}, or refuses what is not a finite number of zero or more. */
  public static double notNegative(String setting, double value) {
    return check(
        value >= 0 && Double.isFinite(value), setting, value, "must be zero or more, and finite");
  }

  /** Returns {@code value}, or refuses what is not in [0, 1). */
  public static double fraction(String setting, double value) {
    return check(value >= 0 && value < 1, setting, value, "must be at least 0 and below 1");
  }

  /** Returns {@code value}, or refuses what is outside {@code min..max}. */
  public static int inRange(String setting, int value, int min, int max) {
    if (value < min || value > max) {
      throw new InvalidSettingException(
          setting, "%s (%d) must be from %d to %d".formatted(setting, value, min, max));
    }
    return value;
  }

  /** The constant of {@code type} that users write as {@code name}, in lower case. */
  public static <E extends Enum<E>> E choice(String setting, Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    setting,
                    "%s (%s) is unknown; choose one of: %s"
                        .formatted(setting, name, choices(type))));
  }

  /** The word for a constant in commands, logs and files: its name in lower case. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> String choices(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Settings::word)
        .collect(Collectors.joining(", "));
  }

  private static double check(boolean ok, String setting, double value, String rule) {
    if (!ok) {
      throw new InvalidSettingException(setting, "%s (%s) %s".formatted(setting, value, rule));
    }
    return value;
  }
}
