package io.stylegraph.film;

import io.stylegraph.image.Picture;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Moves a picture as a film moves. Between pixels it is bicubic, since a bilinear one would blur
 * the strokes of a film more with every frame; beyond the edge the edge pixel repeats.
 */
final class Warp {
  private static final int CHANNELS = 3;

  private Warp() {}

  /**
   * The picture as it would be seen from the frame that the flow starts from.
   *
   * @param picture of the flow's size
   * @param flow where each pixel of that frame lies in the picture
   */
  static Picture of(Picture picture, Flow flow) {
    int width = flow.width();
    int height = flow.height();
    try (Mat from = mat(picture.rgb(), width, height, opencv_core.CV_32FC3);
        Mat x = mat(flow.xs(), width, height, opencv_core.CV_32FC1);
        Mat y = mat(flow.ys(), width, height, opencv_core.CV_32FC1);
        Mat moved = new Mat();
        Scalar unused = new Scalar()) {
      opencv_imgproc.remap(
          from, moved, x, y, opencv_imgproc.INTER_CUBIC, opencv_core.BORDER_REPLICATE, unused);
      return Picture.of(width, height, floats(moved, CHANNELS * width * height));
    }
  }

  /** All values of a matrix of floats. */
  static float[] floats(Mat mat, int count) {
    float[] values = new float[count];
    FloatBuffer buffer = mat.createBuffer();
    buffer.get(values);
    return values;
  }

  /** A matrix of floats; the caller closes it. */
  static Mat mat(float[] values, int width, int height, int type) {
    Mat mat = new Mat(height, width, type);
    try (FloatPointer data = new FloatPointer(mat.data())) {
      data.put(values);
    }
    return mat;
  }
}
