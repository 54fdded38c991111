package io.stylegraph;

import io.stylegraph.error.PictureException;
import io.stylegraph.image.Picture;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Pictures from and to a caller's tensors, RGB in 0-255. */
final class PictureTensors {
  private PictureTensors() {}

  /** The copy of a tensor; {@code label} names it in messages. */
  static Picture picture(TFloat32 tensor, String label) {
    Shape shape = tensor.shape();
    int first = shape.numDimensions() - 3;
    boolean batchOfOne = first == 1 && shape.get(0) == 1;
    if (!(first == 0 || batchOfOne) || shape.get(first + 2) != 3) {
      throw new PictureException(
          label, "has the shape " + shape + "; give [1, height, width, 3] or [height, width, 3]");
    }
    float[] rgb = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(rgb);
    try {
      return Picture.of((int) shape.get(first + 1), (int) shape.get(first), rgb);
    } catch (PictureException e) {
      throw new PictureException(label, String.valueOf(e.getMessage()), e);
    }
  }

  /** [1, height, width, 3]; the caller closes it. */
  static TFloat32 tensor(Picture picture) {
    return TFloat32.tensorOf(
        Shape.of(1, picture.height(), picture.width(), 3),
        DataBuffers.of(picture.rgb(), true, false));
  }
}
