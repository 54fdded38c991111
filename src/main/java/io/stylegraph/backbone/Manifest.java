package io.stylegraph.backbone;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code manifest.json} says of an exported backbone. For a SavedModel without one, the same
 * is made up from its graph: its layers are then all of the network's, pooling, padding, batch norm
 * and activation among them, so that an estimate of memory that adds up layers errs upwards.
 *
 * @param schemaVersion the manifest's own version, {@value #SCHEMA_VERSION}
 * @param name the model's name, as in {@code vgg16-hed}
 * @param architecture {@code vgg16}, {@code vgg19}, or {@value #KERAS}
 * @param weights where they came from
 * @param preprocessing what the graph does to an RGB 0-255 picture first
 * @param featureUnits {@code keras}: features of BGR 0-255 input less its mean; {@code torch}: of
 *     RGB 0-1 input less its mean, divided by its standard deviation
 * @param calibration how the weights were rescaled, or null
 * @param input the picture's placeholder
 * @param layers in the network's order
 * @param files SHA-256 by path inside the model's folder
 * @param writtenBy versions by program
 */
public record Manifest(
    int schemaVersion,
    String name,
    String architecture,
    Weights weights,
    Preprocessing preprocessing,
    String featureUnits,
    @Nullable Calibration calibration,
    Input input,
    List<Layer> layers,
    Map<String, String> files,
    Map<String, String> writtenBy) {
  /** The newest schema that this version reads. */
  public static final int SCHEMA_VERSION = 1;

  /** The architecture of models that have no manifest of their own. */
  public static final String KERAS = "keras";

  /** The manifest that a file holds; fields that are not known here are left aside. */
  static Manifest of(JsonFields json) throws JsonProcessingException {
    return new Manifest(
        json.integer("schemaVersion"),
        json.text("name"),
        json.text("architecture"),
        Weights.of(json.object("weights")),
        Preprocessing.of(json.object("preprocessing")),
        json.text("featureUnits"),
        json.has("calibration") ? Calibration.of(json.object("calibration")) : null,
        Input.of(json.object("input")),
        Layer.of(json.objects("layers")),
        json.object("files").allTexts(),
        json.object("writtenBy").allTexts());
  }

  /**
   * Where the weights came from.
   *
   * @param kind {@code imagenet}, {@code hed}, {@code random} or {@code file}
   * @param source in words
   * @param sha256 of the source
   * @param licence of the weights
   */
  public record Weights(String kind, String source, String sha256, String licence) {
    static Weights of(JsonFields json) throws JsonProcessingException {
      return new Weights(
          json.text("kind"), json.text("source"), json.text("sha256"), json.text("licence"));
    }
  }

  /**
   * What the graph does to a picture first.
   *
   * @param input what the graph takes, as in {@code RGB 0-255}
   * @param channelOrder what the network takes, {@code RGB} or {@code BGR}
   * @param mean subtracted, in the network's channel order
   * @param scale multiplied after that: a factor for each channel, or one for all, which in JSON is
   *     a number
   */
  public record Preprocessing(
      String input,
      String channelOrder,
      List<Double> mean,
      @JsonFormat(with = Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED) List<Double> scale) {
    static Preprocessing of(JsonFields json) throws JsonProcessingException {
      return new Preprocessing(
          json.text("input"),
          json.text("channelOrder"),
          json.numbers("mean"),
          json.numbers("scale"));
    }
  }

  /**
   * How the weights were rescaled.
   *
   * @param method in words
   * @param photographs by which the scales were found
   * @param blockScales what each block's activations were multiplied by
   */
  public record Calibration(String method, List<String> photographs, List<Double> blockScales) {
    static Calibration of(JsonFields json) throws JsonProcessingException {
      return new Calibration(
          json.text("method"), json.texts("photographs"), json.numbers("blockScales"));
    }
  }

  /**
   * The picture's placeholder.
   *
   * @param name the signature's key
   * @param tensor as in {@code picture:0}
   */
  public record Input(String name, String tensor) {
    static Input of(JsonFields json) throws JsonProcessingException {
      return new Input(json.text("name"), json.text("tensor"));
    }
  }

  /**
   * One layer: a convolution, or of a model without manifest any layer.
   *
   * @param name the Keras name, as in {@code block1_conv1}
   * @param tensor after ReLU, as in {@code block1_conv1:0}
   * @param preactivation before ReLU
   * @param channels of the features
   * @param stride picture pixels per feature, in each direction
   */
  public record Layer(String name, String tensor, String preactivation, int channels, int stride) {
    static List<Layer> of(List<JsonFields> layers) throws JsonProcessingException {
      List<Layer> all = new ArrayList<>();
      for (JsonFields json : layers) {
        all.add(
            new Layer(
                json.text("name"),
                json.text("tensor"),
                json.text("preactivation"),
                json.integer("channels"),
                json.integer("stride")));
      }
      return List.copyOf(all);
    }
  }
}
