package io.stylegraph.cli;

import io.stylegraph.ModelSource;
import io.stylegraph.Stylizer;
import io.stylegraph.StylizerLimits;
import io.stylegraph.backbone.ModelInput;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model, and what it takes where it does not say so itself. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "The backbone: one that `make export` made, or any convolutional network that Keras"
              + " exported. Default: savedmodels/vgg19-imagenet, else savedmodels/vgg16-hed; in"
              + " compare the one in savedmodels that the run names.")
  private @Nullable Path model;

  @Option(
      names = "--model-input",
      paramLabel = "caffe|torch|tf|none|unit",
      description =
          "What a model without manifest takes: caffe for VGG and ResNet, torch for DenseNet, tf"
              + " for MobileNetV2, none for EfficientNet and MobileNetV3, unit for pixels in 0-1.")
  private @Nullable String input;

  /** Loads the model named, or the one that {@code usual} names. */
  Stylizer load(Supplier<Path> usual) {
    return load(usual, StylizerLimits.DEFAULT);
  }

  /** As {@link #load(Supplier)}, with limits to its jobs. */
  Stylizer load(Supplier<Path> usual, StylizerLimits limits) {
    return source(usual).load(limits);
  }

  /** Where the model named, or the one that {@code usual} names, is loaded from. */
  ModelSource source(Supplier<Path> usual) {
    return new ModelSource(
        model == null ? usual.get() : model, Optional.ofNullable(input).map(ModelInput::named));
  }
}
