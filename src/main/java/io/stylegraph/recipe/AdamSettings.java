package io.stylegraph.recipe;

/**
 * Adam (Kingma and Ba 2014), in TensorFlow's form, where epsilon stands beside the uncorrected
 * second moment: {@code x -= lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)}.
 *
 * @param learningRate in units of the pixels that are optimised, above zero
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon above zero
 * @param clip whether pixels are clipped to their range after each update
 */
public record AdamSettings(
    double learningRate, double beta1, double beta2, double epsilon, boolean clip)
    implements OptimizerSettings {
  public AdamSettings {
    Settings.positive("learningRate", learningRate);
    Settings.fraction("beta1", beta1);
    Settings.fraction("beta2", beta2);
    Settings.positive("epsilon", epsilon);
  }

  @Override
  public String kind() {
    return "adam";
  }

  @Override
  public boolean bounded() {
    return clip;
  }

  @Override
  public AdamSettings withLearningRate(double learningRate) {
    return new AdamSettings(learningRate, beta1, beta2, epsilon, clip);
  }
}
