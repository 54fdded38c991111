package io.stylegraph.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.function.BinaryOperator;

/** The numbers for RGB in which the optimiser works and total variation is taken. */
// Its arrays are written once and handed out as copies.
@SuppressWarnings("ImmutableEnumChecker")
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum PixelSpace {
  /** 0-255. */
  BYTES(new float[] {1, 1, 1}, new float[3]),
  /** 0-1. */
  UNIT(new float[] {255, 255, 255}, new float[3]),
  /** 0-1 less ImageNet's mean, divided by its standard deviation (torchvision's). */
  STANDARDISED(
      new float[] {255 * 0.229f, 255 * 0.224f, 255 * 0.225f},
      new float[] {255 * 0.485f, 255 * 0.456f, 255 * 0.406f});

  private final float[] scale;
  private final float[] offset;

  PixelSpace(float[] scale, float[] offset) {
    this.scale = scale;
    this.offset = offset;
  }

  /** What each channel is multiplied by on the way to 0-255. */
  public float[] scale() {
    return scale.clone();
  }

  /** What is then added to each channel. */
  public float[] offset() {
    return offset.clone();
  }

  /** Interleaved RGB in 0-255 of values in this space. */
  public float[] toBytes(float[] values) {
    float[] bytes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = values[i] * scale[i % 3] + offset[i % 3];
    }
    return bytes;
  }

  /** Values in this space of interleaved RGB in 0-255. */
  public float[] fromBytes(float[] bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = (bytes[i] - offset[i % 3]) / scale[i % 3];
    }
    return values;
  }

  /** The gradient with respect to 0-255 of one with respect to this space. */
  public float[] gradientToBytes(float[] gradient) {
    float[] bytes = new float[gradient.length];
    for (int i = 0; i < gradient.length; i++) {
      bytes[i] = gradient[i] / scale[i % 3];
    }
    return bytes;
  }

  /** The least value that some channel's 0 has. */
  public float lower() {
    return extreme(0, Math::min);
  }

  /** The greatest value that some channel's 255 has. */
  public float upper() {
    return extreme(255, Math::max);
  }

  private float extreme(float bytes, BinaryOperator<Float> choice) {
    float[] values = fromBytes(new float[] {bytes, bytes, bytes});
    return choice.apply(choice.apply(values[0], values[1]), values[2]);
  }
}
