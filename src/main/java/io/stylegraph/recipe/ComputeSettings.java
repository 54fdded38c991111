package io.stylegraph.recipe;

/**
 * How a run computes; it does not change what is computed.
 *
 * @param device where
 * @param precision with which numbers
 */
public record ComputeSettings(Device device, Precision precision) {
  /** Everything chosen by the machine. */
  public static final ComputeSettings AUTO = new ComputeSettings(Device.AUTO, Precision.AUTO);
}
