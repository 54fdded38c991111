package io.stylegraph.cli;

import static java.util.Objects.requireNonNull;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureWriter;
import io.stylegraph.image.WriteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command will write. Refuses, before anything is computed, a file that could not be written
 * or that would replace an input or another output.
 */
final class OutputFiles {
  private final List<Path> inputs;
  private final Map<String, Path> claimed = new LinkedHashMap<>();

  OutputFiles(List<Path> inputs) {
    this.inputs = List.copyOf(inputs);
  }

  /** Checks a picture, whose format its ending chooses. */
  void picture(String setting, Path file) {
    picture(setting, file, WriteSettings.USUAL);
  }

  /** Checks a picture, whose format its ending chooses. */
  void picture(String setting, Path file, WriteSettings settings) {
    PictureWriter.check(file, settings);
    claim(setting, file);
  }

  /** Writes a picture to where {@link #picture} found that writing is possible. */
  static void write(Picture picture, Path file) {
    write(picture, file, WriteSettings.USUAL);
  }

  /** Likewise, with the settings that it was checked with. */
  static void write(Picture picture, Path file, WriteSettings settings) {
    try {
      PictureWriter.write(picture, file, settings);
    } catch (PictureException e) {
      throw new RunFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Checks the pictures that {@link StepFile} names. */
  void stepPictures(Path output, int every, int steps) {
    int last = steps / every * every;
    if (last > 0) {
      // It has the longest name of all.
      PictureWriter.check(StepFile.of(output, last));
    }
    for (int step = every; step <= last; step += every) {
      PictureWriter.refuseSameFile(StepFile.of(output, step), inputs);
    }
  }

  /** Checks a file of any other kind. */
  void file(String setting, Path file) {
    if (Files.isDirectory(file)) {
      throw refusal(setting, file, "is a directory; name a file in it");
    }
    if (!takesBytes(file)) {
      throw refusal(setting, file, "cannot be written; name a file in a writable folder");
    }
    claim(setting, file);
  }

  private void claim(String setting, Path file) {
    PictureWriter.refuseSameFile(file, inputs);
    claimed.forEach(
        (other, path) -> {
          if (same(file, path)) {
            throw refusal(
                setting, file, "is the same file as the %s; name another".formatted(other));
          }
        });
    claimed.put(setting, file);
  }

  private static boolean takesBytes(Path file) {
    if (Files.exists(file)) {
      return Files.isWritable(file);
    }
    try {
      Files.createFile(file);
      Files.delete(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean same(Path one, Path other) {
    try {
      return (Files.exists(one) && Files.exists(other))
          ? Files.isSameFile(one, other)
          : resolved(one).equals(resolved(other));
    } catch (IOException e) {
      throw new InvalidSettingException(
          "output", "%s and %s cannot be compared; name other files".formatted(one, other));
    }
  }

  /** The path of a file in a folder that exists, whatever links lead to the folder. */
  private static Path resolved(Path file) throws IOException {
    return requireNonNull(file.toAbsolutePath().getParent())
        .toRealPath()
        .resolve(file.getFileName());
  }

  private static InvalidSettingException refusal(String setting, Path file, String problem) {
    return new InvalidSettingException(setting, "%s (%s) %s".formatted(setting, file, problem));
  }
}
