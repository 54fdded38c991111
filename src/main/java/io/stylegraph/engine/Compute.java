package io.stylegraph.engine;

import io.stylegraph.error.UnavailableDeviceException;
import io.stylegraph.recipe.ComputeSettings;
import io.stylegraph.recipe.Device;
import io.stylegraph.recipe.Precision;
import java.util.Set;
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
 * @param bf16 whether convolutions and matrix products are in bfloat16
 * @param threads of the CPU
 */
public record Compute(boolean gpu, boolean bf16, int threads) {
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
    boolean bf16 = settings.precision() == Precision.BF16;
    if (bf16 && !gpu && !CpuFeatures.bfloat16()) {
      throw new UnavailableDeviceException(
          "this CPU has no bfloat16 instructions (avx512_bf16 or amx_bf16); use --precision fp32");
    }
    return new Compute(gpu, bf16, Runtime.getRuntime().availableProcessors());
  }

  /** One line for a person: device, precision, threads, TensorFlow's version. */
  public String describe() {
    return "%s, %s, %d CPU threads, TensorFlow %s"
        .formatted(gpu ? "GPU" : "CPU", bf16 ? "bf16" : "fp32", threads, TensorFlow.version());
  }

  /** A graph to run on these devices; the caller closes it. */
  Graph executable(GraphDef definition) {
    GraphDef cheaper =
        Recomputation.ofFirstConvolution(
            GradientOrder.deepestFirst(
                PoolGradients.afterRelus(GraphRewrites.reluGradientsFromOutputs(definition))));
    if (mayUseOneDnn()) {
      try {
        return imported(
            PoolGradients.fromPlaces(GraphRewrites.convolutionsWithCachedFilters(cheaper)));
      } catch (IllegalArgumentException e) {
        LOG.debug("TensorFlow was built without oneDNN's ops", e);
      }
    }
    return imported(cheaper);
  }

  private boolean mayUseOneDnn() {
    return !gpu
        && !bf16
        && X86.contains(System.getProperty("os.arch", ""))
        && !"0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS"));
  }

  private static Graph imported(GraphDef definition) {
    Graph graph = new Graph();
    try {
      graph.importGraphDef(definition);
      return graph;
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
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
    RewriterConfig.Builder rewriter = config.getGraphOptionsBuilder().getRewriteOptionsBuilder();
    // A second round of rewrites finds nothing that makes a step faster.
    rewriter.setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE);
    if (bf16) {
      if (gpu) {
        rewriter.setAutoMixedPrecision(RewriterConfig.Toggle.ON);
      } else {
        rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
      }
    }
    return config.build();
  }
}
