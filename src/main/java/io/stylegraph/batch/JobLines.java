package io.stylegraph.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.PictureSource;
import io.stylegraph.RequestJson;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.batch.JobOutcome.State;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.StylegraphException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes jobs of lines. Outputs that lines name come first; the others get names still free. */
final class JobLines {
  private record Line(int number, StyleTransferRequest request, Optional<String> output) {}

  private final String source;
  private final ObjectNode usual;
  private final JobFiles files;
  private final List<Line> lines = new ArrayList<>();
  private final List<JobOutcome> refused = new ArrayList<>();

  /**
   * Of a list.
   *
   * @param source whole name of the file that the names in lines are relative to
   * @param usual JSON of what a line takes where it does not say
   */
  JobLines(String source, String usual, JobFiles files) {
    this.source = source;
    this.usual = RequestJson.object(usual);
    this.files = files;
  }

  /** The styles of a line that names none. */
  List<JsonNode> usualStyles() {
    List<JsonNode> styles = new ArrayList<>();
    usual.path("styles").forEach(styles::add);
    return styles;
  }

  /** Reads a line of JSON. */
  void add(int number, String text) {
    try {
      add(number, RequestJson.object(text));
    } catch (StylegraphException e) {
      refuse(number, "", e);
    }
  }

  /** Takes a line. */
  void add(int number, ObjectNode line) {
    JsonNode output = line.remove("output");
    if (output != null && !output.isTextual()) {
      throw new InvalidSettingException(
          "output", "output (%s) must be a text in quotes".formatted(output));
    }
    lines.add(
        new Line(
            number,
            RequestJson.parse(completed(line), name -> files.picture(files.resolve(source, name))),
            Optional.ofNullable(output).map(JsonNode::textValue)));
  }

  /**
   * The jobs.
   *
   * @param withStyle whether every name tells the style
   */
  JobList list(boolean withStyle, int ignored) {
    OutputNames names = new OutputNames(files, inputs());
    Map<Integer, BatchJob> jobs = new TreeMap<>();
    for (boolean named : List.of(true, false)) {
      for (int place = 0; place < lines.size(); place++) {
        Line line = lines.get(place);
        if (line.output().isPresent() == named) {
          try {
            jobs.put(place, job(line, names, withStyle));
          } catch (StylegraphException e) {
            refuse(line.number(), name(line.request().content()), e);
          }
        }
      }
    }
    return new JobList(List.copyOf(jobs.values()), refused, ignored);
  }

  private static BatchJob job(Line line, OutputNames names, boolean withStyle) {
    StyleTransferRequest request = line.request();
    String json = RequestJson.text(request);
    if (line.output().isPresent()) {
      return names.job(line.number(), json, line.output().get());
    }
    String content = name(request.content());
    String both = content + "-" + name(request.style());
    return names.job(line.number(), json, withStyle ? List.of(both) : List.of(content, both));
  }

  /** A file's name without folders and ending. */
  private static String name(PictureSource file) {
    String label = file.label();
    return OutputNames.withoutEnding(label.substring(label.lastIndexOf('/') + 1));
  }

  private ObjectNode completed(ObjectNode line) {
    ObjectNode whole = usual.deepCopy();
    if (line.has("style") || line.has("styles")) {
      whole.remove("styles");
    }
    JsonNode changes = line.get("set");
    if (whole.get("set") instanceof ObjectNode usually && changes instanceof ObjectNode own) {
      line.set("set", usually.setAll(own));
    }
    return whole.setAll(line);
  }

  private void refuse(int number, String content, StylegraphException e) {
    String name = number == 0 ? content : "line " + number;
    BatchJob job = new BatchJob(number, name, "", "");
    refused.add(JobOutcome.without(job, State.REFUSED, "", 0, String.valueOf(e.getMessage())));
  }

  private Set<String> inputs() {
    Set<String> names = new HashSet<>(Set.of(source));
    lines.forEach(it -> it.request().pictures().map(PictureSource::label).forEach(names::add));
    Set<String> identities = new HashSet<>();
    names.forEach(it -> identities.add(files.identity(it)));
    return identities;
  }
}
