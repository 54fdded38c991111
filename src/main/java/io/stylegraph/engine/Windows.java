package io.stylegraph.engine;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/** Rectangles of tensors [1, height, width, channels]. */
final class Windows {
  private Windows() {}

  /**
   * A part of a tensor with zeros around it; the caller closes it.
   *
   * @param part of the tensor
   * @param place where it comes to lie
   * @param size of the result
   */
  static TFloat32 of(TFloat32 whole, Tile.Block part, Tile.Block place, Tile.Block size) {
    TFloat32 window = TFloat32.tensorOf(Shape.of(1, size.height(), size.width(), channels(whole)));
    if (part.size() < size.size()) {
      clear(window);
    }
    copy(whole, part, window, place);
    return window;
  }

  private static void clear(TFloat32 tensor) {
    float[] zeros = new float[width(tensor) * channels(tensor)];
    for (int row = 0; row < tensor.shape().get(1); row++) {
      data(tensor).offset((long) row * zeros.length).write(zeros);
    }
  }

  /**
   * Copies a part of a tensor into another one.
   *
   * @param part of the first
   * @param place of the second, likewise large
   */
  static void copy(TFloat32 from, Tile.Block part, TFloat32 to, Tile.Block place) {
    int channels = channels(from);
    for (int row = 0; row < part.height(); row++) {
      data(from)
          .offset(((long) (part.top() + row) * width(from) + part.left()) * channels)
          .copyTo(
              data(to).offset(((long) (place.top() + row) * width(to) + place.left()) * channels),
              (long) part.width() * channels);
    }
  }

  /**
   * Adds a tensor to a part of an array.
   *
   * @param sum [height][width][channels]
   * @param width of it
   */
  static void add(TFloat32 part, Tile.Block place, float[] sum, int width) {
    int channels = channels(part);
    int length = width(part) * channels;
    float[] row = new float[length];
    for (int i = 0; i < part.shape().get(1); i++) {
      data(part).offset((long) i * length).read(row);
      int to = ((place.top() + i) * width + place.left()) * channels;
      for (int j = 0; j < length; j++) {
        sum[to + j] += row[j];
      }
    }
  }

  private static FloatDataBuffer data(TFloat32 tensor) {
    return tensor.asRawTensor().data().asFloats();
  }

  private static int width(TFloat32 tensor) {
    return (int) tensor.shape().get(2);
  }

  private static int channels(TFloat32 tensor) {
    return (int) tensor.shape().get(3);
  }
}
