package io.stylegraph.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes one JSON object a line for each step: {@code step}, {@code total}, {@code content}, {@code
 * style}, {@code tv}, {@code seconds}. Each line is on disk when its step is over.
 */
final class LossLog implements StepListener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Writer writer;

  LossLog(Path file) {
    try {
      writer = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "log", "log (%s) cannot be written; name a file in a folder that exists".formatted(file));
    }
  }

  @Override
  public void onStep(StepReport report) {
    Losses losses = report.losses();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", report.step());
    line.put("total", losses.total());
    line.put("content", losses.content());
    line.put("style", losses.style());
    line.put("tv", losses.tv());
    line.put("seconds", report.seconds());
    try {
      writer.write(JSON.writeValueAsString(line) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
