package io.stylegraph.cli;

import io.stylegraph.film.FrameFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameFilter;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/**
 * Films of 256 colours, which are chosen for all frames together: so the frames wait without loss
 * in a file of their own, which is read once for the colours and once for the film.
 */
final class GifEncoder implements FilmEncoder {
  private static final int PALETTE_SIDE = 16;
  private static final int PALETTE_ROW = PALETTE_SIDE * 4;

  /** Some frames, made small: FFmpeg takes minutes for every colour of a painting's. */
  private static final String CHOOSE =
      "select='not(mod(n,4))',scale=w='min(iw,256)':h=-1,palettegen=stats_mode=full";

  /**
   * Colours are found four times as fast among fewer. An ordered pattern, as it neither flickers
   * nor grows the file as diffused errors do.
   */
  private static final String USE =
      "[0:v]lutrgb=r='bitand(val,252)+2':g='bitand(val,252)+2':b='bitand(val,252)+2'[frames];"
          + "[1:v]scale=16:16[palette];"
          + "[frames][palette]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle[v]";

  private final Path file;
  private final Path waiting;
  private final int width;
  private final int height;
  private final FrameFile frames;

  GifEncoder(Path file, int width, int height) {
    this.file = file;
    this.width = width;
    this.height = height;
    waiting = file.resolveSibling(".stylegraph-" + UUID.randomUUID() + ".tmp");
    frames =
        new FrameFile(
            waiting, "matroska", "ffv1", avutil.AV_PIX_FMT_BGR0, width, height, Film.FRAME_RATE);
  }

  @Override
  public void begin() throws IOException {
    frames.begin();
  }

  @Override
  public void add(BufferedImage frame, int times) throws IOException {
    frames.add(frame, times);
  }

  @Override
  public void end() throws IOException {
    frames.end();
    ByteBuffer palette = palette();
    try (FFmpegFrameGrabber source = source();
        FFmpegFrameFilter painter = filter(USE);
        FFmpegFrameRecorder gif = recorder()) {
      painter.setVideoInputs(2);
      painter.start();
      painter.pushImage(
          1,
          PALETTE_SIDE,
          PALETTE_SIDE,
          Frame.DEPTH_UBYTE,
          4,
          PALETTE_ROW,
          avutil.AV_PIX_FMT_BGRA,
          palette);
      painter.push(1, null);
      gif.start();
      for (Frame frame = source.grabImage(); frame != null; frame = source.grabImage()) {
        painter.push(0, frame);
        record(painter, gif);
      }
      painter.push(0, null);
      record(painter, gif);
      gif.stop();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      frames.close();
    } finally {
      Files.deleteIfExists(waiting);
    }
  }

  /** The colours, BGRA. */
  private ByteBuffer palette() throws IOException {
    try (FFmpegFrameGrabber source = source();
        FFmpegFrameFilter chooser = filter(CHOOSE)) {
      chooser.start();
      for (Frame frame = source.grabImage(); frame != null; frame = source.grabImage()) {
        chooser.push(frame);
      }
      chooser.push(null);
      Frame chosen = chooser.pullImage();
      ByteBuffer rows = (ByteBuffer) chosen.image[0];
      ByteBuffer palette = ByteBuffer.allocateDirect(PALETTE_SIDE * PALETTE_ROW);
      for (int y = 0; y < PALETTE_SIDE; y++) {
        palette.put(rows.slice(y * chosen.imageStride, PALETTE_ROW));
      }
      return palette.flip();
    }
  }

  private FFmpegFrameGrabber source() throws IOException {
    FFmpegFrameGrabber source = new FFmpegFrameGrabber(waiting.toFile());
    source.setPixelFormat(avutil.AV_PIX_FMT_BGRA);
    source.start();
    return source;
  }

  private FFmpegFrameFilter filter(String graph) {
    FFmpegFrameFilter filter = new FFmpegFrameFilter(graph, width, height);
    filter.setPixelFormat(avutil.AV_PIX_FMT_BGRA);
    filter.setFrameRate(Film.FRAME_RATE);
    return filter;
  }

  private FFmpegFrameRecorder recorder() {
    FFmpegFrameRecorder gif = new FFmpegFrameRecorder(file.toFile(), width, height);
    gif.setFormat("gif");
    gif.setVideoCodecName("gif");
    gif.setPixelFormat(avutil.AV_PIX_FMT_PAL8);
    gif.setFrameRate(Film.FRAME_RATE);
    gif.setOption("loop", "0");
    return gif;
  }

  private static void record(FFmpegFrameFilter painter, FFmpegFrameRecorder gif)
      throws IOException {
    for (Frame frame = painter.pullImage(); frame != null; frame = painter.pullImage()) {
      gif.record(frame, avutil.AV_PIX_FMT_PAL8);
    }
  }
}
