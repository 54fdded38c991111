package io.stylegraph.cli;

import io.stylegraph.error.RunFailedException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** A video file that FFmpeg writes, frame by frame. */
final class FrameFile implements FilmEncoder {
  private static final int CHANNELS = 3;

  private final FFmpegFrameRecorder recorder;
  private final ByteBuffer rgb;

  /**
   * A file for frames of RGB; what of a frame lies beyond its size is cut off.
   *
   * @param format a muxer's name
   * @param codec an encoder's name
   * @param pixels of what is encoded, as in {@code AV_PIX_FMT_YUV420P}
   */
  FrameFile(Path file, String format, String codec, int pixels, int width, int height) {
    quiet();
    rgb = ByteBuffer.allocateDirect(width * height * CHANNELS);
    recorder = new FFmpegFrameRecorder(file.toFile(), width, height);
    recorder.setFormat(format);
    recorder.setVideoCodecName(codec);
    recorder.setPixelFormat(pixels);
    recorder.setFrameRate(Film.FRAME_RATE);
  }

  /** Loads FFmpeg, which then keeps what it thinks to itself. */
  static void quiet() {
    try {
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    } catch (LinkageError e) {
      throw new RunFailedException(
          "FFmpeg cannot be loaded on this machine (%s); leave out --film".formatted(e), e);
    }
  }

  /** To set more before the first frame. */
  FFmpegFrameRecorder recorder() {
    return recorder;
  }

  @Override
  public void begin() throws IOException {
    recorder.start();
  }

  @Override
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

  @Override
  public void end() throws IOException {
    recorder.stop();
  }

  @Override
  public void close() throws IOException {
    recorder.release();
  }
}
