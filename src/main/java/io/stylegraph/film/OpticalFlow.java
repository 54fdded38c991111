package io.stylegraph.film;

import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import java.nio.FloatBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/**
 * How things move between two frames, by OpenCV's dense inverse search (Kroeger, Timofte, Dai and
 * Van Gool, ECCV 2016) with its refinement, down to the pictures' own scale; what else was tried is
 * in docs/film.md. It keeps no state between two calls.
 */
final class OpticalFlow {
  /** Luma of ITU-R BT.601. */
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  private OpticalFlow() {}

  /** Where each pixel of {@code from} lies in {@code to}, a picture of the same size. */
  static Flow between(Picture from, Picture to) {
    try (Mat one = grey(from);
        Mat other = grey(to);
        Mat flow = new Mat();
        DISOpticalFlow search = DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM)) {
      search.setFinestScale(0);
      search.calc(one, other, flow);
      return read(flow, from.width(), from.height());
    } catch (LinkageError e) {
      throw new RunFailedException(
          "OpenCV cannot be loaded on this machine (%s); films need it".formatted(e), e);
    }
  }

  private static Flow read(Mat flow, int width, int height) {
    FloatBuffer buffer = flow.createBuffer();
    float[] right = new float[width * height];
    float[] down = new float[width * height];
    for (int i = 0; i < right.length; i++) {
      right[i] = buffer.get();
      down[i] = buffer.get();
    }
    return new Flow(width, height, right, down);
  }

  private static Mat grey(Picture picture) {
    float[] rgb = picture.rgb();
    byte[] grey = new byte[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      float luma = 0;
      for (int c = 0; c < 3; c++) {
        luma += LUMA[c] * rgb[3 * i + c];
      }
      grey[i] = (byte) Math.max(0, Math.min(255, Math.round(luma)));
    }
    Mat mat = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC1);
    mat.data().put(grey);
    return mat;
  }
}
