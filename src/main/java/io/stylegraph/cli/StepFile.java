package io.stylegraph.cli;

import com.google.common.io.Files;
import java.nio.file.Path;

/** Names the picture of a step: {@code out/night.png} at 40 is {@code out/night-000040.png}. */
final class StepFile {
  private StepFile() {}

  static Path of(Path output, int step) {
    String name = output.getFileName().toString();
    return output.resolveSibling(
        "%s-%06d.%s"
            .formatted(Files.getNameWithoutExtension(name), step, Files.getFileExtension(name)));
  }
}
