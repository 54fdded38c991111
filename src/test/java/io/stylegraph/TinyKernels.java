package io.stylegraph;

import io.stylegraph.PlainVgg.Kernel;
import io.stylegraph.backbone.Backbone;
import io.stylegraph.backbone.Manifest.Layer;
import io.stylegraph.recipe.Activation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Reads a backbone's kernels out of a session, for the plain reference. */
public final class TinyKernels {
  private TinyKernels() {}

  /** By layer name, in the network's order. */
  public static Map<String, Kernel> read(Backbone backbone) {
    List<String> layers = backbone.manifest().layers().stream().map(Layer::name).toList();
    Map<String, Kernel> kernels = new LinkedHashMap<>();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      backbone.importForPlaceholder(graph, "read", Shape.of(1, 16, 16, 3), layers, Activation.POST);
      backbone.importRestore(graph);
      backbone.restore(session);
      for (String layer : layers) {
        kernels.put(
            layer,
            new Kernel(
                values(session, "read/" + layer + "/convolution/ReadVariableOp"),
                values(session, "read/" + layer + "/preactivation/ReadVariableOp")));
      }
    }
    return kernels;
  }

  private static float[] values(Session session, String op) {
    try (TFloat32 tensor = (TFloat32) session.runner().fetch(op).run().get(0)) {
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }
}
