package io.stylegraph.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The optimiser of a recipe with its every constant. */
public sealed interface OptimizerSettings permits AdamSettings, LbfgsSettings {
  /** The word for it in commands and files, as in {@code adam}. */
  @JsonProperty
  String kind();

  /** The step size. */
  double learningRate();

  /** The same optimiser with another step size. */
  OptimizerSettings withLearningRate(double learningRate);
}
