package io.stylegraph.film;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/**
 * A clip's sound in a file, as a format can hold it.
 *
 * @param file the clip itself, or one of sound encoded anew
 * @param begins when the file's time 0 is in the clip, in microseconds
 */
record Sound(Path file, long begins) {
  private static final int BITS_PER_SECOND = 192_000;

  /** The rate that every encoder here takes. */
  private static final int SAMPLES_PER_SECOND = 48_000;

  /**
   * The clip's own sound where the format holds it, else encoded anew.
   *
   * @param spare a file to write then
   */
  static Sound of(Path clip, ClipFormat format, Path spare) throws IOException {
    try (MediaInput input = new MediaInput(clip, avutil.AVMEDIA_TYPE_AUDIO)) {
      if (MediaOutput.holds(format.muxer(), input.stream())) {
        return new Sound(clip, 0);
      }
    }
    return encoded(clip, format, spare);
  }

  private static Sound encoded(Path clip, ClipFormat format, Path spare) throws IOException {
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(clip.toFile())) {
      grabber.start();
      try (FFmpegFrameRecorder recorder =
          new FFmpegFrameRecorder(spare.toFile(), grabber.getAudioChannels())) {
        recorder.setFormat("matroska");
        recorder.setAudioCodecName(format.soundEncoder());
        recorder.setAudioBitrate(BITS_PER_SECOND);
        recorder.setSampleRate(SAMPLES_PER_SECOND);
        recorder.start();
        Frame samples = grabber.grabSamples();
        long begins = samples == null ? 0 : samples.timestamp;
        while (samples != null) {
          recorder.recordSamples(samples.sampleRate, samples.audioChannels, samples.samples);
          samples = grabber.grabSamples();
        }
        recorder.stop();
        return new Sound(spare, begins);
      }
    }
  }
}
