package io.stylegraph;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.StepReport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The objective's terms as JSON fields: {@code total}, {@code content}, {@code style}, {@code tv}.
 */
public final class LossFields {
  private static final JsonMapper JSON = new JsonMapper();

  private LossFields() {}

  /** The fields by their names. */
  public static Map<String, Double> of(Losses losses) {
    Map<String, Double> fields = new LinkedHashMap<>();
    fields.put("total", losses.total());
    fields.put("content", losses.content());
    fields.put("style", losses.style());
    fields.put("tv", losses.tv());
    return fields;
  }

  /** A log's line for one step: {@code step}, the terms and {@code seconds}, in one object. */
  public static String line(StepReport report) {
    ObjectNode line = JSON.createObjectNode().put("step", report.step());
    of(report.losses()).forEach(line::put);
    return line.put("seconds", report.seconds()).toString();
  }
}
