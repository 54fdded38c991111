package io.stylegraph.engine;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Averages of tensors over tiles, in doubles. */
final class TileMeans {
  private final List<double[]> sums = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();

  /** Adds a tile's. */
  void add(List<TFloat32> values, double share) {
    for (int i = 0; i < values.size(); i++) {
      if (sums.size() == i) {
        shapes.add(values.get(i).shape());
        sums.add(new double[Math.toIntExact(values.get(i).size())]);
      }
      double[] sum = sums.get(i);
      float[] own = Tensors.floats(values.get(i));
      for (int j = 0; j < own.length; j++) {
        sum[j] += share * own[j];
      }
    }
  }

  /** The averages; the caller closes them. */
  List<TFloat32> tensors() {
    List<TFloat32> tensors = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      double[] sum = sums.get(i);
      float[] values = new float[sum.length];
      for (int j = 0; j < sum.length; j++) {
        values[j] = (float) sum[j];
      }
      tensors.add(Tensors.of(shapes.get(i), values));
    }
    return tensors;
  }
}
