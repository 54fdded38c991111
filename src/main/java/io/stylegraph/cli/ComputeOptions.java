package io.stylegraph.cli;

import io.stylegraph.engine.CpuFeatures;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import io.stylegraph.recipe.Settings;
import io.stylegraph.recipe.Tiling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command computes, and with which numbers. */
final class ComputeOptions {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      defaultValue = "auto",
      description = "Default: ${DEFAULT-VALUE}, a GPU where there is one.")
  private String device;

  private @Nullable String precision;

  private String tile = "auto";

  @Option(
      names = "--precision",
      paramLabel = "auto|fp32|bf16",
      description =
          "Default: auto, which is bf16 where the device has bfloat16 and its first loss agrees with"
              + " fp32 within 1 %%, else fp32; fp32 in compare.")
  void precision(String asked) {
    precision = asked;
    settleMemory();
  }

  @Option(
      names = "--tile",
      paramLabel = "auto|N|off",
      defaultValue = "auto",
      description =
          "Compute in tiles of so many pixels a side: the same result in less memory. Default:"
              + " ${DEFAULT-VALUE}, where the picture does not fit otherwise.")
  void tile(String asked) {
    tile = asked;
    settleMemory();
  }

  /** Now, since the first tensor settles it. In bf16 TensorFlow's pool needs no more. */
  private void settleMemory() {
    boolean chosen = precision != null && !precision.equals("auto");
    boolean fp32 = chosen ? "fp32".equals(precision) : !CpuFeatures.bfloat16();
    if (!tile.equals("auto") && !tile.equals("off")) {
      NativeSettings.giveMemoryBack(fp32);
    }
  }

  /** The settings given, with the precision that the command takes without one. */
  ComputeSettings settings(Precision usual) {
    return new ComputeSettings(
        Settings.choice("device", Device.class, device),
        precision == null ? usual : Settings.choice("precision", Precision.class, precision),
        Tiling.parse(tile));
  }
}
