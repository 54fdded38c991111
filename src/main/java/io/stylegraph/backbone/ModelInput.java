package io.stylegraph.backbone;

import com.google.common.collect.ImmutableList;
import io.stylegraph.recipe.FeatureUnits;
import io.stylegraph.recipe.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a picture, RGB in 0-255, becomes what a Keras network takes: its channels in {@link
 * #channelOrder}, less {@link #mean}, times {@link #scale}. The names are those of Keras's {@code
 * imagenet_utils.preprocess_input}. A manifest says it of its own model.
 */
public enum ModelInput {
  /** BGR in 0-255 less ImageNet's mean: VGG16, VGG19, ResNet50 to ResNet152. */
  CAFFE(
      "VGG and ResNet", "BGR", List.of(103.939, 116.779, 123.68), List.of(1.0), FeatureUnits.KERAS),
  /** RGB in 0-1 less ImageNet's mean, divided by its standard deviation: DenseNet. */
  TORCH(
      "DenseNet",
      "RGB",
      List.of(255 * 0.485, 255 * 0.456, 255 * 0.406),
      List.of(1 / (255 * 0.229), 1 / (255 * 0.224), 1 / (255 * 0.225)),
      FeatureUnits.TORCH),
  /** RGB in -1 to 1: MobileNet, MobileNetV2, ResNetV2, Inception, Xception, NASNet. */
  TF(
      "MobileNet, ResNetV2, Inception and Xception",
      "RGB",
      List.of(127.5, 127.5, 127.5),
      List.of(1 / 127.5),
      FeatureUnits.TORCH),
  /** RGB in 0-255: EfficientNet, ConvNeXt and MobileNetV3, which hold their own preprocessing. */
  NONE(
      "EfficientNet, ConvNeXt and MobileNetV3",
      "RGB",
      List.of(0.0, 0.0, 0.0),
      List.of(1.0),
      FeatureUnits.KERAS),
  /** RGB in 0-1: many networks of one's own. */
  UNIT(
      "networks trained on 0-1",
      "RGB",
      List.of(0.0, 0.0, 0.0),
      List.of(1 / 255.0),
      FeatureUnits.TORCH);

  private final String usual;
  private final String channelOrder;
  private final ImmutableList<Double> mean;
  private final ImmutableList<Double> scale;
  private final FeatureUnits units;

  ModelInput(
      String usual,
      String channelOrder,
      List<Double> mean,
      List<Double> scale,
      FeatureUnits units) {
    this.usual = usual;
    this.channelOrder = channelOrder;
    this.mean = ImmutableList.copyOf(mean);
    this.scale = ImmutableList.copyOf(scale);
    this.units = units;
  }

  /** {@code RGB} or {@code BGR}. */
  public String channelOrder() {
    return channelOrder;
  }

  /** Subtracted from 0-255, in the network's channel order. */
  public List<Double> mean() {
    return mean;
  }

  /** Multiplied after that: a factor for each channel, or one for all. */
  public List<Double> scale() {
    return scale;
  }

  /**
   * The units that a recipe takes the features to be in: by the size of the input, 0-255 as in
   * Keras's VGG, or about 1 as in torchvision's.
   */
  public FeatureUnits units() {
    return units;
  }

  /**
   * The mode of that name.
   *
   * @throws io.stylegraph.error.InvalidSettingException naming the modes that there are
   */
  public static ModelInput named(String name) {
    return Settings.choice("model-input", ModelInput.class, name);
  }

  /** The modes with the architectures that take them, in words. */
  static String choices() {
    return Arrays.stream(values())
        .map(mode -> "%s (%s)".formatted(Settings.word(mode), mode.usual))
        .collect(Collectors.joining(", "));
  }
}
