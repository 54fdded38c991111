package io.stylegraph.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object a line for each step: {@code step}, {@code total}, {@code content}, {@code
 * style}, {@code tv}, {@code seconds}. Each line is on disk when its step is over. The file is made
 * by the first step, so that a run without one leaves none.
 */
final class LossLog implements StepListener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private @Nullable Writer writer;

  LossLog(Path file) {
    this.file = file;
  }

  @Override
  public void onStep(StepReport report) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", report.step());
    line.putAll(LossFields.of(report.losses()));
    line.put("seconds", report.seconds());
    try {
      if (writer == null) {
        writer = Files.newBufferedWriter(file);
      }
      writer.write(JSON.writeValueAsString(line) + "\n");
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

  private RunFailedException failed(IOException e) {
    return new RunFailedException(
        "log (%s) cannot be written (%s); check the folder and free space".formatted(file, e), e);
  }
}
