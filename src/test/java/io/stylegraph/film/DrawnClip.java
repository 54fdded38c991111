package io.stylegraph.film;

import io.stylegraph.image.Picture;
import java.io.IOException;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.Java2DFrameConverter;

/** Clips for tests. */
final class DrawnClip {
  static final int RATE = 25;

  private static final int SAMPLES_PER_SECOND = 44_100;

  private DrawnClip() {}

  /** Without loss and without sound, at {@link #RATE}. */
  static Path silent(Path file, List<Picture> frames) throws IOException {
    Picture first = frames.get(0);
    try (FrameFile made =
        new FrameFile(
            file,
            "matroska",
            "ffv1",
            avutil.AV_PIX_FMT_BGR0,
            first.width(),
            first.height(),
            RATE)) {
      made.begin();
      for (Picture frame : frames) {
        made.add(frame.toBufferedImage(), 1);
      }
      made.end();
    }
    return file;
  }

  /**
   * Of H.264 or MPEG-4, with a tone.
   *
   * @param format a muxer's name
   * @param sound an encoder's name
   * @param times of the frames, in milliseconds
   */
  static Path sounding(
      Path file, String format, String sound, List<Picture> frames, List<Integer> times)
      throws IOException {
    Picture first = frames.get(0);
    FrameFile.quiet();
    try (FFmpegFrameRecorder made =
            new FFmpegFrameRecorder(file.toFile(), first.width(), first.height(), 1);
        Java2DFrameConverter converter = new Java2DFrameConverter()) {
      made.setFormat(format);
      made.setVideoCodecName("mpeg4");
      made.setVideoQuality(2);
      made.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      made.setFrameRate(1000);
      made.setAudioCodecName(sound);
      made.setSampleRate(SAMPLES_PER_SECOND);
      made.start();
      for (int i = 0; i < frames.size(); i++) {
        Frame frame = converter.convert(frames.get(i).toBufferedImage());
        made.setTimestamp(times.get(i) * 1000L);
        made.record(frame);
      }
      made.recordSamples(SAMPLES_PER_SECOND, 1, tone(times.get(times.size() - 1)));
      made.stop();
    }
    return file;
  }

  private static ShortBuffer tone(int milliseconds) {
    short[] samples = new short[SAMPLES_PER_SECOND * milliseconds / 1000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (8000 * Math.sin(i * 2 * Math.PI * 440 / SAMPLES_PER_SECOND));
    }
    return ShortBuffer.wrap(samples);
  }
}
