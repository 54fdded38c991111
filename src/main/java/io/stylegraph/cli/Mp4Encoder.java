package io.stylegraph.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/** Films as every browser plays them. */
final class Mp4Encoder implements FilmEncoder {
  /** The quantiser of H.264, 1 to 51: strokes are fine, and a film short. */
  private static final String QUANTISER = "20";

  /** Above what any film needs, so that the quantiser alone decides. */
  private static final int BITS_PER_SECOND = 100_000_000;

  private final FrameFile frames;

  /** A film; of an odd side, the last row or column is left out. */
  Mp4Encoder(Path file, int width, int height) {
    frames =
        new FrameFile(
            file, "mp4", "libopenh264", avutil.AV_PIX_FMT_YUV420P, width & ~1, height & ~1);
    FFmpegFrameRecorder recorder = frames.recorder();
    recorder.setOption("movflags", "+faststart");
    recorder.setGopSize(Film.FRAME_RATE);
    recorder.setVideoBitrate(BITS_PER_SECOND);
    recorder.setVideoOption("rc_mode", "quality");
    recorder.setVideoOption("qmin", QUANTISER);
    recorder.setVideoOption("qmax", QUANTISER);
    // That of FFmpeg's conversion from RGB, which players would else guess from the size.
    recorder.setVideoOption("colorspace", "smpte170m");
    recorder.setVideoOption("color_range", "tv");
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
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
