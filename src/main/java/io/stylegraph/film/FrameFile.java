package io.stylegraph.film;

import io.stylegraph.error.RunFailedException;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** A video file that FFmpeg writes, frame by frame. */
public final class FrameFile implements Closeable {
  private static final int CHANNELS = 3;

  /** The quantiser of H.264, 1 to 51: strokes are fine, and a film short. */
  private static final String QUANTISER = "20";

  /** Above what any film needs, so that the quantiser alone decides. */
  private static final int BITS_PER_SECOND = 100_000_000;

  private final FFmpegFrameRecorder recorder;
  private final ByteBuffer rgb;

  /**
   * A file for frames of RGB; what of a frame lies beyond its size is cut off.
   *
   * @param format a muxer's name
   * @param codec an encoder's name
   * @param pixels of what is encoded, as in {@code AV_PIX_FMT_YUV420P}
   * @param rate frames a second
   */
  public FrameFile(
      Path file, String format, String codec, int pixels, int width, int height, double rate) {
    quiet();
    rgb = ByteBuffer.allocateDirect(width * height * CHANNELS);
    recorder = new FFmpegFrameRecorder(file.toFile(), width, height);
    recorder.setFormat(format);
    recorder.setVideoCodecName(codec);
    recorder.setPixelFormat(pixels);
    recorder.setFrameRate(rate);
  }

  /** One of H.264 as every browser plays it; of an odd side, the last row or column is left out. */
  public static FrameFile h264(Path file, String format, int width, int height, double rate) {
    FrameFile made =
        new FrameFile(
            file, format, "libopenh264", avutil.AV_PIX_FMT_YUV420P, width & ~1, height & ~1, rate);
    made.recorder.setOption("movflags", "+faststart");
    made.recorder.setGopSize(Math.max(1, (int) Math.round(rate)));
    made.recorder.setVideoBitrate(BITS_PER_SECOND);
    made.recorder.setVideoOption("rc_mode", "quality");
    made.recorder.setVideoOption("qmin", QUANTISER);
    made.recorder.setVideoOption("qmax", QUANTISER);
    made.stateColours();
    return made;
  }

  /** One of VP9, likewise. */
  static FrameFile vp9(Path file, String format, int width, int height, double rate) {
    FrameFile made =
        new FrameFile(
            file, format, "libvpx-vp9", avutil.AV_PIX_FMT_YUV420P, width & ~1, height & ~1, rate);
    made.recorder.setGopSize(Math.max(1, (int) Math.round(rate)));
    made.recorder.setVideoBitrate(0);
    made.recorder.setVideoOption("crf", "24");
    made.recorder.setVideoOption("deadline", "good");
    made.recorder.setVideoOption("cpu-used", "4");
    // One packet a frame, in order.
    made.recorder.setVideoOption("lag-in-frames", "0");
    made.recorder.setVideoOption("auto-alt-ref", "0");
    made.stateColours();
    return made;
  }

  /** Those of FFmpeg's conversion from RGB, which players would else guess from the size. */
  private void stateColours() {
    recorder.setVideoOption("colorspace", "smpte170m");
    recorder.setVideoOption("color_range", "tv");
  }

  /**
   * Loads FFmpeg, which then keeps what it thinks to itself.
   *
   * @throws RunFailedException if this machine cannot
   */
  public static void quiet() {
    try {
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    } catch (LinkageError e) {
      throw new RunFailedException(
          "FFmpeg cannot be loaded on this machine (%s), and films need it".formatted(e), e);
    }
  }

  /** Opens the file. */
  public void begin() throws IOException {
    recorder.start();
  }

  /**
   * Adds a frame.
   *
   * @param times how many frames long it is shown
   */
  public void add(BufferedImage frame, int times) throws IOException {
    int width = recorder.getImageWidth();
    int[] row = new int[width];
    rgb.clear();
    for (int y = 0; y < recorder.getImageHeight(); y++) {
      for (int pixel : frame.getRGB(0, y, width, 1, row, 0, width)) {
        rgb.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
      }
    }
    for (int i = 0; i < times; i++) {
      recorder.recordImage(
          width,
          recorder.getImageHeight(),
          Frame.DEPTH_UBYTE,
          CHANNELS,
          width * CHANNELS,
          avutil.AV_PIX_FMT_RGB24,
          rgb.rewind());
    }
  }

  /** Makes the file whole. */
  public void end() throws IOException {
    recorder.stop();
  }

  @Override
  public void close() throws IOException {
    recorder.release();
  }
}
