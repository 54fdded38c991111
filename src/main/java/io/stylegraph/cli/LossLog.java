package io.stylegraph.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stylegraph.LossFields;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object a line for each step: {@code step}, {@code total}, {@code content}, {@code
 * style}, {@code tv}, {@code seconds}. Each line is on disk when its step is over. The file is made
 * by the first step, so that a run without one leaves none; a run that goes on keeps the lines of
 * the steps that it was resumed after, and drops later ones.
 */
final class LossLog implements StepListener, AutoCloseable {
  private static final JsonMapper TREES = new JsonMapper();

  private final Path file;
  private final OptionalInt resumed;
  private @Nullable Writer writer;

  /**
   * Of a run.
   *
   * @param resumed the last step that it does not do again
   */
  LossLog(Path file, OptionalInt resumed) {
    this.file = file;
    this.resumed = resumed;
  }

  @Override
  public void onStep(StepReport report) {
    try {
      if (writer == null) {
        writer = open();
      }
      writer.write(LossFields.line(report) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Writer open() throws IOException {
    if (resumed.isEmpty() || !Files.exists(file)) {
      return Files.newBufferedWriter(file);
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
      log.setLength(kept(Files.readAllBytes(file), resumed.getAsInt()));
    }
    return Files.newBufferedWriter(file, StandardOpenOption.APPEND);
  }

  /** The bytes of the lines from the first on that are whole and of steps up to {@code last}. */
  private static int kept(byte[] log, int last) {
    int from = 0;
    for (int i = 0; i < log.length; i++) {
      if (log[i] == '\n') {
        if (step(log, from, i) > last) {
          return from;
        }
        from = i + 1;
      }
    }
    return from;
  }

  private static int step(byte[] log, int from, int to) {
    try {
      return TREES.readTree(log, from, to - from).path("step").asInt(Integer.MAX_VALUE);
    } catch (IOException e) {
      return Integer.MAX_VALUE;
    }
  }

  private RunFailedException failed(IOException e) {
    return new RunFailedException(
        "log (%s) cannot be written (%s); check the folder and free space".formatted(file, e), e);
  }
}
