package io.stylegraph.engine;

import io.stylegraph.error.UnavailableDeviceException;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RewriterConfig;

/**
 * The devices, precision and threads that a run gets on this machine.
 *
 * @param gpu whether it computes on a GPU
 * @param precision auto for bfloat16 that has yet to agree with float32
 * @param threads of the CPU
 */
public record Compute(boolean gpu, Precision precision, int threads) {
  private static final Logger LOG = LoggerFactory.getLogger(Compute.class);
  private static final Set<String> X86 = Set.of("amd64", "x86_64");

  /**
   * Settles what was left to the machine.
   *
   * @throws UnavailableDeviceException if the machine lacks what was asked for
   */
  public static Compute resolve(ComputeSettings settings) {
    NativeLibrary.load();
    boolean gpu = settings.device() != Device.CPU && GpuProbe.visible();
    if (settings.device() == Device.GPU && !gpu) {
      throw new UnavailableDeviceException(
          "no GPU is visible to TensorFlow; build with `make GPU=1` on Linux x86-64 with NVIDIA's"
              + " driver and CUDA 12, or use --device cpu");
    }
    Precision precision =
        precision(
            settings.precision(), gpu, () -> gpu ? NvidiaGpus.bfloat16() : CpuFeatures.bfloat16());
    return new Compute(gpu, precision, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Settles the precision.
   *
   * @param multipliesBfloat16 whether the device multiplies bfloat16 natively
   * @throws UnavailableDeviceException if the CPU does not and is asked to
   */
  static Precision precision(Precision asked, boolean gpu, BooleanSupplier multipliesBfloat16) {
    if (asked == Precision.AUTO) {
      return multipliesBfloat16.getAsBoolean() ? Precision.AUTO : Precision.FP32;
    }
    // A GPU without bfloat16 gets by with fp32 inside of TensorFlow's ops.
    if (asked == Precision.BF16 && !gpu && !multipliesBfloat16.getAsBoolean()) {
      throw new UnavailableDeviceException(
          "this CPU has no bfloat16 instructions (avx512_bf16 or amx_bf16); use --precision fp32");
    }
    return asked;
  }

  /** The same devices in another precision. */
  Compute with(Precision other) {
    return new Compute(gpu, other, threads);
  }

  /** Whether the network is in bfloat16, if only for a first look. */
  boolean bf16() {
    return precision != Precision.FP32;
  }

  /** Whether bfloat16 has yet to agree with fp32. */
  boolean onTrial() {
    return precision == Precision.AUTO;
  }

  /** One line for a person: device, precision, threads, TensorFlow's version. */
  public String describe() {
    String numbers =
        switch (precision) {
          case AUTO -> "bf16 if it agrees with fp32";
          case BF16 -> "bf16";
          case FP32 -> "fp32";
        };
    return "%s, %s, %d CPU threads, TensorFlow %s"
        .formatted(gpu ? "GPU" : "CPU", numbers, threads, TensorFlow.version());
  }

  /** Adds an objective to a graph, rewritten for these devices. */
  void importExecutable(Graph graph, GraphDef definition, String prefix) {
    GraphDef cheaper = cheaper(definition);
    if (bf16()) {
      graph.importGraphDef(Bfloat16Network.of(cheaper, Set.of(ObjectiveGraph.EXACT_SCOPE)), prefix);
      return;
    }
    if (mayUseOneDnn()) {
      try {
        graph.importGraphDef(
            PoolGradients.fromPlaces(GraphRewrites.convolutionsWithCachedFilters(cheaper)), prefix);
        return;
      } catch (IllegalArgumentException e) {
        LOG.debug("TensorFlow was built without oneDNN's ops", e);
      }
    }
    graph.importGraphDef(cheaper, prefix);
  }

  /** The same graph with a cheaper gradient, for every device and precision. */
  static GraphDef cheaper(GraphDef definition) {
    return Recomputation.ofFirstConvolution(
        GradientOrder.deepestFirst(
            PoolGradients.afterRelus(GraphRewrites.reluGradientsFromOutputs(definition))));
  }

  private boolean mayUseOneDnn() {
    return !gpu
        && X86.contains(System.getProperty("os.arch", ""))
        && !"0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS"));
  }

  ConfigProto sessionConfig() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            // Else the process's first session has settled the threads for all.
            .setUsePerSessionThreads(true)
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    if (!gpu) {
      config.putDeviceCount("GPU", 0);
    }
    // A second round of rewrites finds nothing that makes a step faster.
    config
        .getGraphOptionsBuilder()
        .getRewriteOptionsBuilder()
        .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE);
    return config.build();
  }
}
