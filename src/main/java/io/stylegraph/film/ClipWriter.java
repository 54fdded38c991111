package io.stylegraph.film;

import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.error.RunFailedException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Writes a film of painted frames, each shown when the clip shows its own, with the clip's sound:
 * whole or not at all. Frames are encoded into a hidden file beside the film first, since there
 * their times are a matter of packets.
 */
public final class ClipWriter implements AutoCloseable {
  /** What the encoders of H.264 and VP9 need. */
  private static final int SMALLEST_SIDE = 16;

  private static final String FRAMES = "frames.mkv";
  private static final String SOUND = "sound.mka";

  private final Clip clip;
  private final Path folder;
  private final ClipFormat format;
  private final Path frames;
  private final Path sound;
  private final Path whole;

  private ClipWriter(Path output, Clip clip, Path folder) throws IOException {
    this.clip = clip;
    this.folder = folder;
    format = ClipFormat.of(output);
    Path target = target(output);
    frames = folder.resolve(FRAMES);
    sound = folder.resolve(SOUND);
    whole = hiddenBeside(target);
  }

  /**
   * Refuses, before a long run, a film that could not be written after it: its encoder is tried
   * with one frame.
   *
   * @param size of the painted frames
   * @throws InvalidSettingException that says why
   */
  public static void check(Path output, Clip clip, PictureSize size) {
    ClipFormat format = ClipFormat.of(output);
    if (Math.min(size.width(), size.height()) < SMALLEST_SIDE) {
      throw refusal(
          output,
          "needs frames of at least %1$dx%1$d pixels, and they are %2$dx%3$d"
              .formatted(SMALLEST_SIDE, size.width(), size.height()));
    }
    try {
      Path trial = hiddenBeside(target(output));
      try (FrameFile file = format.frames(trial, size.width(), size.height(), clip.rate())) {
        file.begin();
        file.add(new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB), 1);
        file.end();
      } finally {
        Files.deleteIfExists(trial);
      }
    } catch (IOException e) {
      throw refusal(
          output,
          "cannot be encoded at %dx%d and %.3g frames a second (%s); try another --size or ending"
              .formatted(size.width(), size.height(), clip.rate(), e.getMessage()));
    }
  }

  private static InvalidSettingException refusal(Path output, String problem) {
    return new InvalidSettingException("out", "out (%s) %s".formatted(output, problem));
  }

  /**
   * Writes the film.
   *
   * @param folder of the painted frames, all of which are there
   * @throws io.stylegraph.error.InvalidSettingException if the ending is of no film
   * @throws RunFailedException if it cannot be written
   */
  public static void write(Path output, Clip clip, Path folder) {
    try (ClipWriter writer = new ClipWriter(output, clip, folder)) {
      writer.encode();
      writer.join();
      Files.move(
          writer.whole,
          target(output),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RunFailedException(
          "film (%s) cannot be written (%s); check the folder and free space; the painted frames"
                  .formatted(output, e.getMessage())
              + " are kept",
          e);
    }
  }

  private void encode() throws IOException {
    Picture first = PictureReader.read(PaintedFrames.file(folder, 0));
    try (FrameFile file = format.frames(frames, first.width(), first.height(), clip.rate())) {
      file.begin();
      for (int i = 0; i < clip.frames(); i++) {
        file.add(PictureReader.read(PaintedFrames.file(folder, i)).toBufferedImage(), 1);
      }
      file.end();
    }
  }

  private void join() throws IOException {
    Sound kept = clip.audio() ? Sound.of(clip.file(), format, sound) : null;
    try (MediaInput video = new MediaInput(frames, avutil.AVMEDIA_TYPE_VIDEO);
        MediaInput audio =
            kept == null ? null : new MediaInput(kept.file(), avutil.AVMEDIA_TYPE_AUDIO);
        MediaOutput out = new MediaOutput(whole, format.muxer())) {
      int pictures = out.add(video.stream());
      int sounds = audio == null ? -1 : out.add(audio.stream());
      out.begin();
      AVRational ticks = avutil.av_get_time_base_q();
      long shift = clip.times().get(0) - (kept == null ? 0 : kept.begins());
      AVPacket heard = audio == null ? null : next(audio, shift);
      for (int i = 0; i < clip.frames(); i++) {
        while (audio != null && heard != null && heard.dts() <= time(i)) {
          out.write(heard, sounds, ticks);
          heard = next(audio, shift);
        }
        out.write(frame(video, i), pictures, ticks);
      }
      while (audio != null && heard != null) {
        out.write(heard, sounds, ticks);
        heard = next(audio, shift);
      }
      out.end();
    }
  }

  /** A frame's packet, in microseconds from the first frame. */
  private AVPacket frame(MediaInput video, int number) throws IOException {
    AVPacket packet = video.next();
    if (packet == null) {
      throw new IOException("the encoder left out frame " + (number + 1));
    }
    int next = Math.min(number + 1, clip.frames() - 1);
    long length = next > number ? time(next) - time(number) : Math.round(1e6 / clip.rate());
    return packet.pts(time(number)).dts(time(number)).duration(length);
  }

  /** A packet of sound, likewise. */
  private static @Nullable AVPacket next(MediaInput audio, long shift) {
    AVPacket packet = audio.next();
    if (packet != null) {
      long pts = packet.pts() == avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
      AVRational base = audio.stream().time_base();
      AVRational ticks = avutil.av_get_time_base_q();
      long time = avutil.av_rescale_q(pts, base, ticks) - shift;
      packet.pts(time).dts(time).duration(avutil.av_rescale_q(packet.duration(), base, ticks));
    }
    return packet;
  }

  private long time(int frame) {
    return clip.times().get(frame) - clip.times().get(0);
  }

  private static Path target(Path output) throws IOException {
    return Files.exists(output) ? output.toRealPath() : output.toAbsolutePath();
  }

  /** The same for each run, so that what a killed one left is replaced. */
  private static Path hiddenBeside(Path target) {
    return target.resolveSibling(".stylegraph-%08x.tmp".formatted(target.getFileName().hashCode()));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(frames);
    Files.deleteIfExists(sound);
    Files.deleteIfExists(whole);
  }
}
