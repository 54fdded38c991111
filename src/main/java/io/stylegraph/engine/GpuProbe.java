package io.stylegraph.engine;

import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.types.TFloat32;

/** Finds out whether TensorFlow sees a GPU, by asking it to put one op there. */
final class GpuProbe {
  private static final ConfigProto CONFIG =
      ConfigProto.newBuilder().setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true)).build();

  private GpuProbe() {}

  static boolean visible() {
    try (Graph graph = new Graph();
        Session session = new Session(graph, CONFIG)) {
      Ops tf = Ops.create(graph);
      var onGpu =
          tf.withDevice(
                  DeviceSpec.newBuilder()
                      .deviceType(DeviceSpec.DeviceType.GPU)
                      .deviceIndex(0)
                      .build())
              .math
              .add(tf.constant(1f), tf.constant(1f));
      try (TFloat32 two = (TFloat32) session.runner().fetch(onGpu).run().get(0)) {
        return two.getFloat() == 2f;
      }
    } catch (TFInvalidArgumentException e) {
      return false;
    }
  }
}
