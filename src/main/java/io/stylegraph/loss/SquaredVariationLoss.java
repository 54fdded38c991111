package io.stylegraph.loss;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A squared total variation over nine points, which prefers no direction. Of the picture widened by
 * its edge pixels, one on each side, it takes the differences of neighbours to the right, below,
 * and along both diagonals: {@code 2 (mean(right²)/3 + mean(below²)/3 + mean(falling²)/12 +
 * mean(rising²)/12)}. The first two means go over the height·width pixels and their three channels,
 * those of the diagonals over the (height+1)·(width+1) corners between the pixels. A diagonal is √2
 * long and its square counts both directions, hence a quarter of the weight. Being a mean it does
 * not grow with the size; it is in the square of the picture's units.
 */
public final class SquaredVariationLoss {
  private SquaredVariationLoss() {}

  /**
   * Adds the loss to a graph.
   *
   * @param picture [1, height, width, 3], of any height and width
   * @return a scalar, in the square of the picture's units
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> picture) {
    Operand<TFloat32> widened =
        tf.mirrorPad(
            picture, tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}}), "SYMMETRIC");
    Operand<TInt32> pixels = Counts.shape(tf, picture);
    Operand<TInt32> corners = tf.math.add(pixels, tf.constant(new int[] {0, 1, 1, 0}));
    return tf.math.addN(
        List.of(
            weighed(tf, 2f / 3, part(tf, widened, 1, 1, pixels), part(tf, widened, 1, 2, pixels)),
            weighed(tf, 2f / 3, part(tf, widened, 1, 1, pixels), part(tf, widened, 2, 1, pixels)),
            weighed(tf, 1f / 6, part(tf, widened, 0, 0, corners), part(tf, widened, 1, 1, corners)),
            weighed(
                tf, 1f / 6, part(tf, widened, 0, 1, corners), part(tf, widened, 1, 0, corners))));
  }

  private static Operand<TFloat32> weighed(
      Ops tf, float weight, Operand<TFloat32> one, Operand<TFloat32> other) {
    return tf.math.mul(MeanSquare.of(tf, one, other), tf.constant(weight));
  }

  private static Operand<TFloat32> part(
      Ops tf, Operand<TFloat32> widened, int top, int left, Operand<TInt32> size) {
    // int, not long: TensorFlow's gradient of Slice is built for int32 alone.
    return tf.slice(widened, tf.constant(new int[] {0, top, left, 0}), size);
  }
}
