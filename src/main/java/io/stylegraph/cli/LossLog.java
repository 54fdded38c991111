package io.stylegraph.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.progress.StepListener;
import io.stylegraph.progress.StepReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object a line for each step: {@code step}, {@code total}, {@code content}, {@code
 * style}, {@code tv}, {@code seconds}. Each line is on disk when its step is over. The file is made
 * by the first step, so that a run without one leaves none.
 */
final class LossLog implements StepListener, AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private @Nullable Writer writer;

  LossLog(Path file) {
    this.file = file;
  }

  @Override
  public void onStep(StepReport report) {
    try {
      if (writer == null) {
        writer = Files.newBufferedWriter(file);
      }
      writer.write(line(report) + "\n");
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

  private static String line(StepReport report) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("step", report.step());
      for (Map.Entry<String, Double> term : LossFields.of(report.losses()).entrySet()) {
        json.writeNumberField(term.getKey(), term.getValue());
      }
      json.writeNumberField("seconds", report.seconds());
      json.writeEndObject();
    }
    return line.toString();
  }

  private RunFailedException failed(IOException e) {
    return new RunFailedException(
        "log (%s) cannot be written (%s); check the folder and free space".formatted(file, e), e);
  }
}
