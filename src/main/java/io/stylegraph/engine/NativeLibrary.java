package io.stylegraph.engine;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.Futures;
import java.util.concurrent.FutureTask;
import org.tensorflow.TensorFlow;

/**
 * TensorFlow's native library. To load it takes a third of a second, in which one core reads and
 * links; a program may do other things meanwhile.
 */
public final class NativeLibrary {
  private static final FutureTask<String> LOADING = new FutureTask<>(TensorFlow::version);

  private NativeLibrary() {}

  /** Begins to load it on a thread of its own; a failure comes up where it is first needed. */
  public static void loadAhead() {
    Thread loader = new Thread(LOADING, "tensorflow-loader");
    loader.setDaemon(true);
    loader.start();
  }

  /** Loads it, or waits until it is loaded. */
  static void load() {
    LOADING.run();
    try {
      Futures.getUnchecked(LOADING);
    } catch (ExecutionError e) {
      throw (Error) requireNonNull(e.getCause());
    }
  }
}
