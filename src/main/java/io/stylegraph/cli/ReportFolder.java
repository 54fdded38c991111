package io.stylegraph.cli;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder whose text files appear whole or not at all. */
final class ReportFolder {
  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder, made if it is not there.
   *
   * @throws InvalidSettingException if that cannot be
   */
  static ReportFolder in(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".", ".part"));
      return new ReportFolder(folder);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "output", "output (%s) is no folder that takes files; name another".formatted(folder));
    }
  }

  /** Writes a file, in UTF-8, replacing what is there. */
  void write(String name, String text) {
    Path file = folder.resolve(name);
    Path part = folder.resolve("." + name + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RunFailedException(
          "%s cannot be written (%s); check the folder and free space".formatted(file, e), e);
    }
  }
}
