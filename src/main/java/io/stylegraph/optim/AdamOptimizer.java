package io.stylegraph.optim;

import io.stylegraph.recipe.AdamSettings;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba, arXiv:1412.6980) in the form of tensorflow-framework, on a point that it
 * holds in a small graph of its own: it is told the gradient and moves.
 */
public final class AdamOptimizer implements AutoCloseable {
  private static final ConfigProto ONE_THREAD =
      ConfigProto.newBuilder()
          .setUsePerSessionThreads(true)
          .setIntraOpParallelismThreads(1)
          .setInterOpParallelismThreads(1)
          .putDeviceCount("GPU", 0)
          .build();

  private final float[] point;
  private final Graph graph = new Graph();
  private final Session session;
  private final String gradient;
  private final String update;
  private final String variable;

  /**
   * Begins at a point.
   *
   * @param start the point's values
   * @param lower the least value, in the start's units; unused where the settings do not clip
   * @param upper the greatest value, likewise
   */
  public AdamOptimizer(AdamSettings settings, float[] start, float lower, float upper) {
    point = new float[start.length];
    Shape shape = Shape.of(start.length);
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> fed = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Variable<TFloat32> held = tf.withName("point").variable(shape, TFloat32.class);
    Op begin = tf.assign(held, fed);
    Op moved = OrderedAdam.update(graph, settings, fed, held);
    if (settings.clip()) {
      Ops after = Ops.create(graph).withSubScope("clip").withControlDependencies(moved);
      moved =
          after.assign(held, after.clipByValue(held, after.constant(lower), after.constant(upper)));
    }
    gradient = fed.op().name();
    update = moved.op().name();
    variable = held.op().name();
    session = new Session(graph, ONE_THREAD);
    run(begin.op().name(), start);
  }

  /**
   * Moves once.
   *
   * @param values of the gradient at the point
   * @return the new point: the optimiser's own array, to be read before the next step
   */
  public float[] step(float[] values) {
    run(update, values);
    try (Result result = session.runner().fetch(variable).run()) {
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(point);
      return point;
    }
  }

  private void run(String target, float[] values) {
    Shape shape = Shape.of(values.length);
    try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values, true, false))) {
      session.runner().addTarget(target).feed(gradient, tensor).run().close();
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
