package io.stylegraph.engine;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The picture that a run's next evaluation sees, and the one of the lowest total so far. */
final class PlacedPicture implements AutoCloseable {
  private final Shape shape;
  private TFloat32 picture;
  private TFloat32 best;
  private double bestTotal = Double.POSITIVE_INFINITY;

  /**
   * Begins with a picture.
   *
   * @param shape [1, height, width, 3]
   * @param values of the pixel space, [height][width][3]
   */
  PlacedPicture(Shape shape, float[] values) {
    this.shape = shape;
    picture = Tensors.of(shape, values);
    best = picture;
  }

  /** Begins anew with another picture, whose total is not known yet. */
  void begin(float[] values) {
    close();
    picture = Tensors.of(shape, values);
    best = picture;
    bestTotal = Double.POSITIVE_INFINITY;
  }

  /** Goes on where another one was. */
  void restore(float[] values, float[] bestValues, double itsBestTotal) {
    begin(bestValues);
    bestTotal = itsBestTotal;
    move(values);
  }

  /** Whether a total is known of the best one. */
  boolean hasBest() {
    return bestTotal < Double.POSITIVE_INFINITY;
  }

  /** Puts other values in place. */
  void move(float[] values) {
    if (picture == best) {
      picture = Tensors.of(shape, values);
    } else {
      picture.asRawTensor().data().asFloats().write(values);
    }
  }

  /** Keeps the picture in place if its total is the lowest so far. */
  void keepIfBest(double total) {
    if (total < bestTotal) {
      bestTotal = total;
      if (picture != best) {
        best.close();
      }
      best = picture;
    }
  }

  /** The picture in place, [1, height, width, 3]; it belongs to this. */
  TFloat32 picture() {
    return picture;
  }

  /** The one of the lowest total, likewise. */
  TFloat32 best() {
    return best;
  }

  @Override
  public void close() {
    if (picture != best) {
      picture.close();
    }
    best.close();
  }
}
