package io.stylegraph.cli;

import com.google.common.util.concurrent.Uninterruptibles;
import org.tensorflow.TensorFlow;

/**
 * Loads TensorFlow's native library, which takes half a second, while options and model are read.
 */
final class TensorFlowLibrary {
  private static final Thread LOADING = new Thread(TensorFlow::version, "tensorflow-loading");

  private TensorFlowLibrary() {}

  /** Called by each command that will need TensorFlow; the first call counts. */
  static void startLoading() {
    if (LOADING.getState() == Thread.State.NEW) {
      LOADING.start();
    }
  }

  /** Returns when nothing is being loaded any more. */
  static void awaitLoaded() {
    Uninterruptibles.joinUninterruptibly(LOADING);
  }
}
