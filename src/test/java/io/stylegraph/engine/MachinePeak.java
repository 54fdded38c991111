package io.stylegraph.engine;

import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * What this machine does at best in TensorFlow, with the threads that a run has.
 *
 * @param gflops a second, in a product of large square float32 matrices
 * @param gigabytes a second, read and written by adding one large array to another
 * @param runMilliseconds of a run that does nothing: what each step pays for being a run
 */
record MachinePeak(double gflops, double gigabytes, double runMilliseconds) {
  private static final long SIDE = 3072;
  private static final int REPEATS = 9;

  static MachinePeak measure(Compute compute) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, compute.sessionConfig())) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> from = tf.variable(Shape.of(SIDE, SIDE), TFloat32.class);
      Variable<TFloat32> to = tf.variable(Shape.of(SIDE, SIDE), TFloat32.class);
      Op fill = tf.assign(from, tf.fill(tf.constant(new long[] {SIDE, SIDE}), tf.constant(0.5f)));
      Op zero = tf.assign(to, tf.math.mul(from, tf.constant(0f)));
      Op sum = tf.assignAdd(to, from);
      Op product = tf.linalg.matMul(from, to);
      session.runner().addTarget(fill).run().close();
      session.runner().addTarget(zero).run().close();
      double sumSeconds = median(session, sum) / 1e3;
      double productSeconds = median(session, product) / 1e3;
      return new MachinePeak(
          2.0 * SIDE * SIDE * SIDE / productSeconds / 1e9,
          3.0 * SIDE * SIDE * Float.BYTES / sumSeconds / 1e9,
          median(session, tf.noOp()));
    }
  }

  private static double median(Session session, Op op) {
    double[] milliseconds = new double[REPEATS];
    for (int i = -1; i < REPEATS; i++) {
      long begun = System.nanoTime();
      session.runner().addTarget(op).run().close();
      milliseconds[Math.max(i, 0)] = (System.nanoTime() - begun) / 1e6;
    }
    Arrays.sort(milliseconds);
    return milliseconds[REPEATS / 2];
  }
}
