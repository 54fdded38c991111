package io.stylegraph.compare;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.PictureSource;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.progress.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which another program has left a run: {@code run.json}, the pictures it saw and
 * made as PNG, {@code log.jsonl} as {@code stylize --log} writes it, what the recipe compares of
 * the start picture in {@code features/LAYER.npy}, and the gradients of the total at the start and
 * at the final picture, with respect to RGB in 0-255.
 */
public final class ReferenceRun {
  /** The one that this version reads. */
  static final int SCHEMA_VERSION = 1;

  private static final String START_GRADIENT = "gradient-start.npy";
  private static final String GRADIENT = "gradient-final.npy";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL));

  private final Path folder;
  private final RunFile file;
  private final RunFacts facts;
  private final List<Losses> log;

  private ReferenceRun(Path folder, RunFile file, RunFacts facts) {
    this.folder = folder;
    this.file = file;
    this.facts = facts;
    log = List.copyOf(log(folder.resolve("log.jsonl")));
  }

  /** What of {@code run.json} says what was run. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record RunFile(
      int schemaVersion,
      String recipe,
      Model model,
      LossesAt losses,
      @JsonSetter(nulls = Nulls.SET) Comparison.@Nullable Rounding rounding) {
    /** The backbone's name, as its manifest has it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Model(String name) {}

    /** Of the 8-bit pictures that lie in the folder. */
    record LossesAt(Terms start, @JsonProperty("final") Terms end) {}
  }

  /**
   * Reads {@code run.json} and the log; the rest is read when it is asked for.
   *
   * @throws InvalidSettingException if the folder holds no run of a schema that this version knows
   */
  public static ReferenceRun read(Path folder) {
    Path run = folder.resolve("run.json");
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(run));
      if (json.path("schemaVersion").asInt() != SCHEMA_VERSION) {
        throw refusal(run, "is not of schemaVersion " + SCHEMA_VERSION);
      }
      return new ReferenceRun(
          folder, JSON.treeToValue(json, RunFile.class), JSON.treeToValue(json, RunFacts.class));
    } catch (JsonProcessingException e) {
      throw refusal(run, "is no description of a run (%s)".formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      throw refusal(run, "cannot be read");
    }
  }

  /** The recipe's name. */
  public String recipe() {
    return file.recipe();
  }

  /** The name of the backbone that was used. */
  public String model() {
    return file.model().name();
  }

  /** Which program ran where. */
  public RunFacts facts() {
    return facts;
  }

  /** The content picture as the network saw it. */
  public PictureSource content() {
    return PictureSource.of(folder.resolve("content.png"));
  }

  /** The style picture as the network saw it. */
  public PictureSource style() {
    return PictureSource.of(folder.resolve("style.png"));
  }

  /** The picture of the first step. */
  public PictureSource start() {
    return PictureSource.of(folder.resolve("start.png"));
  }

  /** The result, rounded and clamped to 8 bits. */
  public PictureSource result() {
    return PictureSource.of(folder.resolve("final.png"));
  }

  Losses startLosses() {
    return file.losses().start().losses();
  }

  Losses resultLosses() {
    return file.losses().end().losses();
  }

  Comparison.Rounding rounding() {
    return file.rounding() == null ? Comparison.Rounding.NONE : file.rounding();
  }

  /** The losses by step, those of step 1 first. */
  List<Losses> log() {
    return log;
  }

  float[] features(String layer) {
    return array(featuresFile(layer));
  }

  float[] startGradient() {
    return array(START_GRADIENT);
  }

  float[] resultGradient() {
    return array(GRADIENT);
  }

  /**
   * Refuses a run that lacks what will be asked for, before seconds are spent on the other side.
   * The arrays are read only then: they would count in this process's peak memory.
   */
  void require(List<String> layers) {
    Stream.concat(
            layers.stream().map(ReferenceRun::featuresFile), Stream.of(START_GRADIENT, GRADIENT))
        .map(folder::resolve)
        .filter(file -> !Files.isRegularFile(file))
        .findFirst()
        .ifPresent(
            file -> {
              throw refusal(file, "is missing");
            });
  }

  private static String featuresFile(String layer) {
    return "features/%s.npy".formatted(layer);
  }

  private static List<Losses> log(Path log) {
    List<Losses> losses = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(log)) {
        losses.add(JSON.readValue(line, Terms.class).losses());
      }
    } catch (JsonProcessingException e) {
      throw refusal(log, "has no losses in line %d".formatted(losses.size() + 1));
    } catch (IOException e) {
      throw refusal(log, "cannot be read");
    }
    return losses;
  }

  private float[] array(String name) {
    Path array = folder.resolve(name);
    try {
      return NpyFile.read(array);
    } catch (IOException e) {
      throw refusal(array, "cannot be read as an array (%s)".formatted(e.getMessage()));
    }
  }

  private static InvalidSettingException refusal(Path file, String problem) {
    return new InvalidSettingException(
        "reference", "reference: %s %s; make the run again".formatted(file, problem));
  }

  /** A reference's losses have no temporal term. */
  record Terms(double total, double content, double style, double tv) {
    Losses losses() {
      return new Losses(total, content, style, tv);
    }
  }
}
