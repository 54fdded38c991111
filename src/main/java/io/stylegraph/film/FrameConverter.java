package io.stylegraph.film;

import static java.util.Objects.requireNonNull;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Brings decoded frames to one form, by the colour matrix and range that they state; where they
 * state no matrix, by BT.709 from {@value #HIGH_DEFINITION} rows on and BT.601 below, as players
 * do.
 */
final class FrameConverter implements AutoCloseable {
  private static final int HIGH_DEFINITION = 720;
  private static final int ALIGNMENT = 64;

  /** One in FFmpeg's fixed point. */
  private static final int ONE = 1 << 16;

  private final int format;
  private final int bytes;
  private final int flags;
  private @Nullable SwsContext context;
  private int width;
  private int height;
  private int source;
  private @Nullable BytePointer rows;
  private int stride;

  private FrameConverter(int format, int bytes, int flags) {
    this.format = format;
    this.bytes = bytes;
    this.flags = flags;
  }

  /** To RGB of three bytes a pixel. */
  static FrameConverter toRgb() {
    return new FrameConverter(
        avutil.AV_PIX_FMT_RGB24,
        3,
        swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT);
  }

  /** To grey of one byte a pixel, shrunk by means. */
  static FrameConverter toGrey() {
    return new FrameConverter(avutil.AV_PIX_FMT_GRAY8, 1, swscale.SWS_AREA);
  }

  /** The frame at a size, row by row from the top left. */
  byte[] convert(AVFrame frame, int toWidth, int toHeight) {
    if (context == null
        || frame.width() != width
        || frame.height() != height
        || frame.format() != source) {
      begin(frame, toWidth, toHeight);
    }
    BytePointer into = requireNonNull(rows);
    byte[] result = new byte[toWidth * toHeight * bytes];
    try (PointerPointer<BytePointer> planes = new PointerPointer<>(into, null, null, null);
        IntPointer strides = new IntPointer(stride, 0, 0, 0)) {
      swscale.sws_scale(context, frame.data(), frame.linesize(), 0, height, planes, strides);
      for (int y = 0; y < toHeight; y++) {
        into.position((long) y * stride).get(result, y * toWidth * bytes, toWidth * bytes);
      }
      into.position(0);
    }
    return result;
  }

  private void begin(AVFrame frame, int toWidth, int toHeight) {
    close();
    width = frame.width();
    height = frame.height();
    source = frame.format();
    stride = (toWidth * bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    rows = new BytePointer((long) stride * toHeight + ALIGNMENT);
    SwsContext made =
        swscale.sws_getContext(
            width, height, source, toWidth, toHeight, format, flags, null, null, (double[]) null);
    boolean unknown = frame.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED;
    int matrix = unknown && height >= HIGH_DEFINITION ? avutil.AVCOL_SPC_BT709 : frame.colorspace();
    IntPointer coefficients = swscale.sws_getCoefficients(matrix);
    int full = frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
    swscale.sws_setColorspaceDetails(made, coefficients, full, coefficients, 1, 0, ONE, ONE);
    context = made;
  }

  @Override
  public void close() {
    if (context != null) {
      swscale.sws_freeContext(context);
      context = null;
    }
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}
