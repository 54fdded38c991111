package io.stylegraph.recipe;

import io.stylegraph.error.InvalidSettingException;
import java.util.List;

/** Makes a variant of a {@link Recipe}; every value not set stays as it was. */
public final class RecipeBuilder {
  private String name;
  private String summary;
  private String source;
  private LossForm form;
  private NetworkForm network;
  private PixelSpace pixels;
  private List<LayerWeight> styleLayers;
  private List<LayerWeight> contentLayers;
  private double styleWeight;
  private double contentWeight;
  private double tvWeight;
  private OptimizerSettings optimizer;
  private List<Scale> scales;
  private Pyramid pyramid;
  private int steps;
  private int showEvery;
  private Start start;
  private Noise noise;
  private Keep keep;
  private double averageDecay;

  RecipeBuilder(Recipe base) {
    name = base.name();
    summary = base.summary();
    source = base.source();
    form = base.form();
    network = base.network();
    pixels = base.pixels();
    styleLayers = base.styleLayers();
    contentLayers = base.contentLayers();
    styleWeight = base.styleWeight();
    contentWeight = base.contentWeight();
    tvWeight = base.tvWeight();
    optimizer = base.optimizer();
    scales = base.scales();
    pyramid = base.pyramid();
    steps = base.steps();
    showEvery = base.showEvery();
    start = base.start();
    noise = base.noise();
    keep = base.keep();
    averageDecay = base.averageDecay();
  }

  /** See {@link Recipe#name()}. */
  public RecipeBuilder name(String value) {
    name = value;
    return this;
  }

  /** See {@link Recipe#summary()}. */
  public RecipeBuilder summary(String value) {
    summary = value;
    return this;
  }

  /** See {@link Recipe#source()}. */
  public RecipeBuilder source(String value) {
    source = value;
    return this;
  }

  /** See {@link Recipe#form()}. */
  public RecipeBuilder form(LossForm value) {
    form = value;
    return this;
  }

  /** See {@link Recipe#network()}. */
  public RecipeBuilder network(NetworkForm value) {
    network = value;
    return this;
  }

  /** See {@link Recipe#pixels()}. */
  public RecipeBuilder pixels(PixelSpace value) {
    pixels = value;
    return this;
  }

  /** See {@link Recipe#styleLayers()}. */
  public RecipeBuilder styleLayers(List<LayerWeight> value) {
    styleLayers = value;
    return this;
  }

  /** See {@link Recipe#contentLayers()}. */
  public RecipeBuilder contentLayers(List<LayerWeight> value) {
    contentLayers = value;
    return this;
  }

  /**
   * Changes the weight of one of the style layers.
   *
   * @throws InvalidSettingException if it is none; the message lists those there are
   */
  public RecipeBuilder styleLayerWeight(String layer, double weight) {
    styleLayers = LayerWeight.withWeight("style", name, styleLayers, layer, weight);
    return this;
  }

  /**
   * Changes the weight of one of the content layers.
   *
   * @throws InvalidSettingException if it is none; the message lists those there are
   */
  public RecipeBuilder contentLayerWeight(String layer, double weight) {
    contentLayers = LayerWeight.withWeight("content", name, contentLayers, layer, weight);
    return this;
  }

  /** See {@link Recipe#styleWeight()}. */
  public RecipeBuilder styleWeight(double value) {
    styleWeight = value;
    return this;
  }

  /** See {@link Recipe#contentWeight()}. */
  public RecipeBuilder contentWeight(double value) {
    contentWeight = value;
    return this;
  }

  /** See {@link Recipe#tvWeight()}. */
  public RecipeBuilder tvWeight(double value) {
    tvWeight = value;
    return this;
  }

  /** See {@link Recipe#optimizer()}. */
  public RecipeBuilder optimizer(OptimizerSettings value) {
    optimizer = value;
    return this;
  }

  /**
   * Sets the optimiser of that kind: the recipe's own where it is of it, else that of {@link
   * Recipes}.
   *
   * @throws InvalidSettingException if there is none; the message lists the kinds
   */
  public RecipeBuilder optimizer(String kind) {
    if (!optimizer.kind().equals(kind)) {
      optimizer = Recipes.optimizer(kind);
    }
    return this;
  }

  /** Sets the learning rate of the optimiser chosen so far. */
  public RecipeBuilder learningRate(double value) {
    optimizer = optimizer.withLearningRate(value);
    return this;
  }

  /** See {@link Recipe#scales()}. */
  public RecipeBuilder scales(List<Scale> value) {
    scales = value;
    return this;
  }

  /** See {@link Recipe#pyramid()}. */
  public RecipeBuilder pyramid(Pyramid value) {
    pyramid = value;
    return this;
  }

  /** See {@link Recipe#steps()}. */
  public RecipeBuilder steps(int value) {
    steps = value;
    return this;
  }

  /** See {@link Recipe#showEvery()}. */
  public RecipeBuilder showEvery(int value) {
    showEvery = value;
    return this;
  }

  /** See {@link Recipe#start()}. */
  public RecipeBuilder start(Start value) {
    start = value;
    return this;
  }

  /** See {@link Recipe#noise()}. */
  public RecipeBuilder noise(Noise value) {
    noise = value;
    return this;
  }

  /** See {@link Recipe#keep()}. */
  public RecipeBuilder keep(Keep value) {
    keep = value;
    return this;
  }

  /** See {@link Recipe#averageDecay()}. */
  public RecipeBuilder averageDecay(double value) {
    averageDecay = value;
    return this;
  }

  /**
   * The recipe.
   *
   * @throws InvalidSettingException if a value is not allowed
   */
  public Recipe build() {
    return new Recipe(
        name,
        summary,
        source,
        form,
        network,
        pixels,
        styleLayers,
        contentLayers,
        styleWeight,
        contentWeight,
        tvWeight,
        optimizer,
        scales,
        pyramid,
        steps,
        showEvery,
        start,
        noise,
        keep,
        averageDecay);
  }
}
