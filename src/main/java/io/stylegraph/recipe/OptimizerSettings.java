package io.stylegraph.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The optimiser of a recipe with its every constant. */
@JsonPropertyOrder("kind")
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AdamSettings.class, name = "adam"),
  @JsonSubTypes.Type(value = LbfgsSettings.class, name = "lbfgs")
})
public sealed interface OptimizerSettings permits AdamSettings, LbfgsSettings {
  /** The word for it in commands and files, as in {@code adam}. */
  @JsonProperty
  String kind();

  /** The step size. */
  double learningRate();

  /** Whether the picture is kept within the range of its pixels. */
  boolean bounded();

  /** The same optimiser with another step size. */
  OptimizerSettings withLearningRate(double learningRate);
}
