package io.stylegraph.backbone;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code manifest.json} says of an exported backbone.
 *
 * @param schemaVersion the manifest's own version, {@value #SCHEMA_VERSION}
 * @param name the model's name, as in {@code vgg16-hed}
 * @param architecture {@code vgg16} or {@code vgg19}
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
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
    int schemaVersion,
    String name,
    String architecture,
    Weights weights,
    Preprocessing preprocessing,
    String featureUnits,
    @JsonSetter(nulls = Nulls.SET) @Nullable Calibration calibration,
    Input input,
    List<Layer> layers,
    Map<String, String> files,
    Map<String, String> writtenBy) {
  /** The newest schema that this version reads. */
  public static final int SCHEMA_VERSION = 1;

  /**
   * Where the weights came from.
   *
   * @param kind {@code imagenet}, {@code hed}, {@code random} or {@code file}
   * @param source in words
   * @param sha256 of the source
   * @param licence of the weights
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Weights(String kind, String source, String sha256, String licence) {}

  /**
   * What the graph does to a picture first.
   *
   * @param input what the graph takes, as in {@code RGB 0-255}
   * @param channelOrder what the network takes, {@code RGB} or {@code BGR}
   * @param mean subtracted, in the network's channel order
   * @param scale multiplied after that: a factor for each channel, or one for all, which in JSON is
   *     a number
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Preprocessing(
      String input,
      String channelOrder,
      List<Double> mean,
      @JsonFormat(
              with = {
                Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
              })
          List<Double> scale) {}

  /**
   * How the weights were rescaled.
   *
   * @param method in words
   * @param photographs by which the scales were found
   * @param blockScales what each block's activations were multiplied by
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Calibration(String method, List<String> photographs, List<Double> blockScales) {}

  /**
   * The picture's placeholder.
   *
   * @param name the signature's key
   * @param tensor as in {@code picture:0}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Input(String name, String tensor) {}

  /**
   * One convolution.
   *
   * @param name the Keras name, as in {@code block1_conv1}
   * @param tensor after ReLU, as in {@code block1_conv1:0}
   * @param preactivation before ReLU
   * @param channels of the features
   * @param stride picture pixels per feature, in each direction
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Layer(String name, String tensor, String preactivation, int channels, int stride) {}
}
