package io.stylegraph.engine;

import io.stylegraph.image.Picture;
import io.stylegraph.progress.Losses;
import io.stylegraph.recipe.PixelSpace;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Pictures and losses to and from tensors. */
final class Tensors {
  /** How many numbers {@link Losses} has. */
  static final int LOSSES = 5;

  private Tensors() {}

  /** Of [1, height, width, 3]; the caller closes it. */
  static TFloat32 of(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  static Shape shape(Picture picture) {
    return Shape.of(1, picture.height(), picture.width(), 3);
  }

  /** The picture of values in a pixel space, [1, height, width, 3]. */
  static Picture picture(TFloat32 tensor, PixelSpace pixels) {
    Shape shape = tensor.shape();
    return Picture.of((int) shape.get(2), (int) shape.get(1), pixels.toBytes(floats(tensor)));
  }

  static float[] floats(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    read(tensor, values);
    return values;
  }

  /** Reads all values of a tensor. */
  static void read(TFloat32 tensor, float[] into) {
    tensor.asRawTensor().data().asFloats().read(into);
  }

  /** The first results in the order of {@link Losses}. */
  static Losses losses(Result result) {
    return losses(result, 0);
  }

  /** The results from an index on, likewise. */
  static Losses losses(Result result, int from) {
    return new Losses(
        scalar(result, from),
        scalar(result, from + 1),
        scalar(result, from + 2),
        scalar(result, from + 3),
        scalar(result, from + 4));
  }

  private static double scalar(Result result, int index) {
    return ((TFloat32) result.get(index)).getFloat();
  }
}
