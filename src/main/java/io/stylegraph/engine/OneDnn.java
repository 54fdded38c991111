package io.stylegraph.engine;

import java.util.Set;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/** Whether TensorFlow's native library was built with oneDNN's ops and may use them. */
final class OneDnn {
  private static final Set<String> X86 = Set.of("amd64", "x86_64");

  private OneDnn() {}

  static boolean usable() {
    return X86.contains(System.getProperty("os.arch", ""))
        && !"0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS"))
        && Registered.FUSED_CONVOLUTION;
  }

  /** Asked once: the list has some 1,500 ops. */
  private static final class Registered {
    static final boolean FUSED_CONVOLUTION =
        TensorFlow.registeredOpList().getOpList().stream()
            .map(OpDef::getName)
            .anyMatch(GraphRewrites.FUSED_CONVOLUTION::equals);
  }
}
