package io.stylegraph.backbone;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A backbone inside a graph.
 *
 * @param picture what is looked at: RGB in 0-255, [1, height, width, 3]
 * @param layers features by layer name, before or after ReLU as was asked: [1, height/stride,
 *     width/stride, channels]
 */
public record Features(Operand<TFloat32> picture, Map<String, Operand<TFloat32>> layers) {
  public Features {
    layers = Map.copyOf(layers);
  }

  /** The features of one layer that was asked for at the import. */
  public Operand<TFloat32> layer(String name) {
    Operand<TFloat32> features = layers.get(name);
    if (features == null) {
      throw new IllegalArgumentException("layer " + name + " was not imported");
    }
    return features;
  }
}
