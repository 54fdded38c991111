package io.stylegraph.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What was found when the engine ran the recipe of a {@link ReferenceRun} on the same pixels.
 *
 * @param recipe its name
 * @param model the backbone's name
 * @param width of the picture, in pixels
 * @param height likewise
 * @param reference what the other program was
 * @param engine what this one was
 * @param features by layer, of the start picture
 * @param start losses and gradient at the picture of the first step
 * @param result likewise at the reference's result in 8 bits, the same picture for both
 * @param firstSteps how many of the steps must agree
 * @param steps the losses side by side
 * @param similarity of the two results
 * @param rounding how far the reference parts from itself
 * @param picture the engine's result, RGB in 0-255
 */
public record Comparison(
    String recipe,
    String model,
    int width,
    int height,
    RunFacts reference,
    RunFacts engine,
    List<Layer> features,
    Evaluated start,
    Evaluated result,
    int firstSteps,
    List<Step> steps,
    Similarity similarity,
    Rounding rounding,
    @JsonIgnore Picture picture) {
  /**
   * A term this small a part of the total is rounding: the content term is zero where the start is
   * the content picture.
   */
  private static final double FLOOR = 1e-6;

  public Comparison {
    features = List.copyOf(features);
    steps = List.copyOf(steps);
  }

  /**
   * The features of one layer.
   *
   * @param layer the Keras name
   * @param difference in the backbone's units
   */
  public record Layer(String layer, Difference difference) {}

  /**
   * Losses and gradient of one picture.
   *
   * @param reference the other program's losses
   * @param engine ours
   * @param gradient of the total with respect to RGB in 0-255
   */
  public record Evaluated(Losses reference, Losses engine, Difference gradient) {
    /** The largest relative difference of a term. */
    @JsonProperty
    public double worstTerm() {
      return worst(reference, engine);
    }
  }

  /**
   * The losses of one step, before its update.
   *
   * @param step from 1
   */
  public record Step(int step, Losses reference, Losses engine) {}

  /**
   * How far the reference parts from itself when its gradients are disturbed at random.
   *
   * @param disturbance of each gradient, relative to its norm; 0 if that was not tried
   * @param worstByStep the largest relative difference of a term in each step
   * @param psnr of the results, in decibels
   */
  public record Rounding(double disturbance, List<Double> worstByStep, double psnr) {
    /** Not tried: the reference is taken to stay where it is. */
    static final Rounding NONE = new Rounding(0, List.of(), Similarity.EQUAL);

    public Rounding {
      worstByStep = List.copyOf(worstByStep);
    }

    /** The largest relative difference of a term in the first steps, however many those are. */
    public double worstOf(int firstSteps) {
      return worstByStep.stream().limit(firstSteps).reduce(0.0, Math::max);
    }
  }

  /** The largest relative difference of a layer's features. */
  @JsonProperty
  public double worstFeatures() {
    return max(features.stream().mapToDouble(layer -> layer.difference().relative()));
  }

  /** The larger relative difference of the two gradients. */
  @JsonProperty
  public double worstGradient() {
    return Math.max(start.gradient().relative(), result.gradient().relative());
  }

  /** What the smaller cosine of the two gradients lacks to 1. */
  @JsonProperty
  public double worstCosine() {
    return 1 - Math.min(start.gradient().cosine(), result.gradient().cosine());
  }

  /** The largest relative difference of a term in the first steps. */
  @JsonProperty
  public double worstOfFirstSteps() {
    return max(
        steps.stream()
            .limit(firstSteps)
            .mapToDouble(step -> worst(step.reference(), step.engine())));
  }

  /** What {@link Tolerances} says of it. */
  @JsonProperty
  public List<Tolerances.Check> checks() {
    return Tolerances.check(this);
  }

  /** Whether every check is passed. */
  @JsonProperty
  public boolean passed() {
    return checks().stream().allMatch(Tolerances.Check::passed);
  }

  private static double worst(Losses expected, Losses actual) {
    double floor = FLOOR * Math.abs(expected.total());
    return max(
        Stream.<ToDoubleFunction<Losses>>of(
                Losses::total, Losses::content, Losses::style, Losses::tv)
            .mapToDouble(
                term -> {
                  double value = term.applyAsDouble(expected);
                  double difference = Math.abs(term.applyAsDouble(actual) - value);
                  return difference == 0 ? 0 : difference / Math.max(Math.abs(value), floor);
                }));
  }

  /** NaN if one value is, or if there is none. */
  private static double max(DoubleStream values) {
    return values.max().orElse(Double.NaN);
  }
}
