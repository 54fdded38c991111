package io.stylegraph.cli;

import io.stylegraph.cli.SheetCell.Setting;
import io.stylegraph.error.InvalidSettingException;
import java.util.List;
import java.util.Set;

/**
 * What varies on a sheet.
 *
 * @param columns the first setting
 * @param rows the second one, or none
 */
record SheetPlan(Variation columns, List<Variation> rows) {
  static final int MAX_CELLS = 64;

  /** A sheet has one model, which all its cells share. */
  private static final Set<String> FIXED = Set.of("model", "model-input");

  /**
   * Reads what is to vary.
   *
   * @throws InvalidSettingException if that is more than a sheet shows, or cannot
   */
  static SheetPlan parse(List<String> texts) {
    if (texts.size() > 2) {
      throw new InvalidSettingException(
          "vary",
          "vary is given %d times; a sheet shows at most 2 settings".formatted(texts.size()));
    }
    List<Variation> given = texts.stream().map(Variation::parse).toList();
    SheetPlan plan = new SheetPlan(given.get(0), given.subList(1, given.size()));
    plan.check();
    return plan;
  }

  private void check() {
    for (Variation it : rows) {
      if (it.name().equals(columns.name())) {
        throw new InvalidSettingException(
            "vary", "vary (%s) is given twice; join its values".formatted(it.name()));
      }
    }
    FIXED.stream()
        .filter(this::varies)
        .findFirst()
        .ifPresent(
            name -> {
              throw new InvalidSettingException(
                  "vary",
                  "vary (%s) cannot be: a sheet has one model; make two sheets".formatted(name));
            });
    if (size() > MAX_CELLS) {
      throw new InvalidSettingException(
          "vary", "a sheet of %d cells is too large; at most %d".formatted(size(), MAX_CELLS));
    }
  }

  /** Whether the setting varies. */
  boolean varies(String name) {
    return columns.name().equals(name) || rows.stream().anyMatch(it -> it.name().equals(name));
  }

  /** How many cells there are. */
  int size() {
    return columns.values().size() * Math.max(1, rowHeadings().size());
  }

  /** What each cell sets, row by row. */
  List<List<Setting>> cells() {
    List<Setting> across = settings(columns);
    if (rows.isEmpty()) {
      return across.stream().map(List::of).toList();
    }
    return settings(rows.get(0)).stream()
        .flatMap(row -> across.stream().map(column -> List.of(column, row)))
        .toList();
  }

  /** The settings of the columns' headings. */
  List<Setting> columnHeadings() {
    return settings(columns);
  }

  /** The settings of the rows' headings; none where one setting varies. */
  List<Setting> rowHeadings() {
    return rows.stream().flatMap(it -> settings(it).stream()).toList();
  }

  private static List<Setting> settings(Variation of) {
    return of.values().stream().map(value -> new Setting(of.name(), value)).toList();
  }
}
