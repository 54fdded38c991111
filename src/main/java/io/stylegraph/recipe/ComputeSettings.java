package io.stylegraph.recipe;

/**
 * How a run computes; it does not change what is computed.
 *
 * @param device where
 * @param precision with which numbers
 * @param tiling whether in tiles
 */
public record ComputeSettings(Device device, Precision precision, Tiling tiling) {
  /** Everything chosen by the machine. */
  public static final ComputeSettings AUTO = new ComputeSettings(Device.AUTO, Precision.AUTO);

  /** In tiles where the memory asks for it. */
  public ComputeSettings(Device device, Precision precision) {
    this(device, precision, Tiling.AUTO);
  }
}
