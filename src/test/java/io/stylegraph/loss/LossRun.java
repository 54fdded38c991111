package io.stylegraph.loss;

import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * What a graph computes of one tensor, and the gradient of its sum.
 *
 * @param value flat
 * @param gradient in the shape of what it was computed of, flat
 */
record LossRun(double[] value, double[] gradient) {
  /**
   * Builds and runs it.
   *
   * @param known the tensor's shape as the graph knows it
   */
  static LossRun of(
      Shape known,
      Shape shape,
      double[] values,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> loss) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(floats))) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(known));
      Operand<TFloat32> value = loss.apply(tf, input);
      Output<?> gradient =
          graph.addGradients(value.asOutput(), new Output<?>[] {input.asOutput()})[0];
      try (var result = session.runner().feed(input, tensor).fetch(value).fetch(gradient).run()) {
        return new LossRun(doubles((TFloat32) result.get(0)), doubles((TFloat32) result.get(1)));
      }
    }
  }

  private static double[] doubles(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
