package io.stylegraph.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.LossFields;
import io.stylegraph.image.PictureSize;
import io.stylegraph.progress.Losses;
import io.stylegraph.progress.TimeSpan;
import io.stylegraph.recipe.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a job; as JSON it lies beside the result and comes back from other machines.
 *
 * @param line the job's
 * @param name the job's, or {@code line 7} for a line that is no job
 * @param output its picture's file, relative to the folder of results
 * @param state how it ended
 * @param key as {@link JobKey} makes it; empty where its inputs could not be read
 * @param seconds that it took
 * @param steps that were done
 * @param losses of the picture, if there is one
 * @param size of the picture, if there is one
 * @param picture SHA-256 of the picture's file; empty without one
 * @param error one line; empty if nothing is wrong
 * @param host the machine's name
 */
public record JobOutcome(
    int line,
    String name,
    String output,
    State state,
    String key,
    double seconds,
    int steps,
    Optional<Losses> losses,
    Optional<PictureSize> size,
    String picture,
    String error,
    String host) {
  private static final JsonMapper JSON = new JsonMapper();

  /** How a job ended. */
  public enum State {
    /** Its picture is there. */
    DONE,
    /** Its picture was there already. */
    SKIPPED,
    /** It passed every check and was broken off. */
    FAILED,
    /** Something about it is wrong; nothing was computed. */
    REFUSED,
    /** The batch was cancelled before its end. */
    CANCELLED
  }

  /** An outcome without a picture. */
  public static JobOutcome without(
      BatchJob job, State state, String key, double seconds, String error) {
    return new JobOutcome(
        job.line(),
        job.name(),
        job.output(),
        state,
        key,
        seconds,
        0,
        Optional.empty(),
        Optional.empty(),
        "",
        error.replaceAll("\\s*\\R\\s*", " "),
        Host.NAME);
  }

  /** The same, met again by a later run. */
  JobOutcome skipped(BatchJob job) {
    return new JobOutcome(
        job.line(),
        job.name(),
        output,
        State.SKIPPED,
        key,
        seconds,
        steps,
        losses,
        size,
        picture,
        error,
        host);
  }

  /** Whether it is that of a picture's file. */
  boolean isOf(byte[] file) {
    return Outcomes.sha256(file).equals(picture);
  }

  /** For people, in one line. */
  public String text() {
    String what =
        losses
            .map(it -> String.format(Locale.ROOT, ", total %.4g", it.total()))
            .map(it -> output + ": " + TimeSpan.text(seconds) + it)
            .orElse(where() + ": " + error);
    return "%-9s %s".formatted(Settings.word(state), what);
  }

  private String where() {
    if (output.isEmpty()) {
      return name;
    }
    return line == 0 ? output : "line %d, %s".formatted(line, output);
  }

  /** As JSON. */
  public String json() {
    ObjectNode json = JSON.createObjectNode().put("line", line);
    json.put("name", name).put("output", output);
    json.put("state", Settings.word(state)).put("key", key);
    json.put("seconds", seconds).put("steps", steps);
    losses.ifPresent(it -> LossFields.of(it).forEach(json.withObject("/losses")::put));
    size.ifPresent(it -> json.put("width", it.width()).put("height", it.height()));
    return json.put("picture", picture).put("error", error).put("host", host).toString();
  }

  /** What {@link #json} wrote; nothing if it is anything else. */
  public static Optional<JobOutcome> parse(byte[] json) {
    try {
      return Optional.of(of(JSON.readTree(new String(json, StandardCharsets.UTF_8))));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JobOutcome of(JsonNode json) {
    return new JobOutcome(
        json.path("line").asInt(),
        json.path("name").asText(),
        json.path("output").asText(),
        State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
        json.path("key").asText(),
        json.path("seconds").asDouble(),
        json.path("steps").asInt(),
        json.has("losses") ? Optional.of(losses(json.path("losses"))) : Optional.empty(),
        json.has("width")
            ? Optional.of(new PictureSize(json.path("width").asInt(), json.path("height").asInt()))
            : Optional.empty(),
        json.path("picture").asText(),
        json.path("error").asText(),
        json.path("host").asText());
  }

  private static Losses losses(JsonNode json) {
    return new Losses(
        json.path("total").asDouble(),
        json.path("content").asDouble(),
        json.path("style").asDouble(),
        json.path("tv").asDouble());
  }
}
