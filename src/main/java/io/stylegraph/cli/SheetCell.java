package io.stylegraph.cli;

import io.stylegraph.JobPlan;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.error.StylegraphException;
import io.stylegraph.image.WriteSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One picture of a sheet: the sheet's options with one value of each that varies, read once more as
 * {@code stylize} reads its own.
 */
final class SheetCell {
  private final List<Setting> settings;
  private final Job job = new Job();
  private final StyleTransferRequest request;

  /** What of it varies. */
  record Setting(String name, String value) {}

  /** The options that a sheet shares with {@code stylize}. */
  @Command(name = "sheet")
  private static final class Job {
    @Mixin private JobOptions job;
    @Mixin private UpdateOptions updates;
    @Mixin private PictureOptions pictures;
  }

  /**
   * Reads its options.
   *
   * @param sheet the options of all
   * @throws InvalidSettingException if they make no job; the message names the cell
   */
  SheetCell(ParseResult sheet, List<Setting> settings) {
    this.settings = List.copyOf(settings);
    CommandLine parser = Main.configured(job);
    request =
        named(
            () -> {
              parser.parseArgs(arguments(sheet, parser.getCommandSpec()));
              return job.job.request(job.pictures.notes(), job.updates::change);
            });
  }

  /** Refuses what cannot run, by its name. */
  JobPlan check(Stylizer stylizer) {
    return named(() -> stylizer.check(request));
  }

  StyleTransferRequest request() {
    return request;
  }

  /** The pictures given as content and style, by these words. */
  Map<String, Path> pictures() {
    return job.job.pictures();
  }

  /** Every file that its options name. */
  Stream<Path> inputs() {
    return Stream.concat(job.job.inputs().stream(), job.pictures.likeFile().stream());
  }

  /** How its picture is written before the model is known. */
  WriteSettings form() {
    return job.pictures.settings();
  }

  /** How its picture is written. */
  WriteSettings form(Manifest model) {
    return job.pictures.settings(request, model);
  }

  /** What varies, as in {@code style-weight 1e-3, recipe fine}. */
  String label() {
    return joined(" ", ", ");
  }

  /** The same as a part of a file's name. */
  String fileName() {
    return joined("=", "_").replaceAll("[^A-Za-z0-9._=+-]", "-");
  }

  private String joined(String within, String between) {
    return settings.stream()
        .map(it -> it.name() + within + it.value())
        .collect(Collectors.joining(between));
  }

  private String[] arguments(ParseResult sheet, CommandSpec known) {
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : sheet.matchedOptions()) {
      String name = option.longestName();
      boolean varies = settings.stream().anyMatch(it -> name.equals("--" + it.name()));
      if (!varies && known.findOption(name) != null) {
        option.originalStringValues().forEach(value -> arguments.add(name + "=" + value));
      }
    }
    for (Setting it : settings) {
      String option = "--" + it.name();
      String name = known.findOption(option) == null ? "--set=" + it.name() : option;
      arguments.add(name + "=" + it.value());
    }
    return arguments.toArray(String[]::new);
  }

  private <T> T named(Supplier<T> part) {
    try {
      return part.get();
    } catch (RunFailedException e) {
      throw e;
    } catch (StylegraphException | ParameterException e) {
      throw new InvalidSettingException("vary", "cell %s: %s".formatted(label(), e.getMessage()));
    }
  }
}
