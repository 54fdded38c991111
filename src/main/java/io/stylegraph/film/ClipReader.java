package io.stylegraph.film;

import static java.util.Objects.requireNonNull;

import io.stylegraph.error.PictureException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;

/**
 * Reads a clip's frames one after the other, as a player shows them: turned as the file says, and
 * with square pixels.
 */
final class ClipReader implements AutoCloseable {
  /** Of the small grey pictures by which shots are told apart. */
  static final int SMALL_WIDTH = 64;

  static final int SMALL_HEIGHT = 48;

  private static final int RIGHT_ANGLE = 90;

  private final Path clip;
  private final FFmpegFrameGrabber grabber;
  private final FrameConverter colours = FrameConverter.toRgb();
  private final FrameConverter greys = FrameConverter.toGrey();
  private @Nullable AVFrame frame;

  private ClipReader(Path clip, FFmpegFrameGrabber grabber) {
    this.clip = clip;
    this.grabber = grabber;
  }

  /**
   * Opens a clip before its first frame.
   *
   * @throws PictureException if it cannot be read or has no video
   */
  static ClipReader open(Path clip) {
    if (!Files.isRegularFile(clip) || !Files.isReadable(clip)) {
      throw new PictureException(clip.toString(), "is no file that can be read; check the path");
    }
    FrameFile.quiet();
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(clip.toFile());
    grabber.setImageMode(FrameGrabber.ImageMode.RAW);
    ClipReader reader = new ClipReader(clip, grabber);
    try {
      grabber.start();
    } catch (FFmpegFrameGrabber.Exception e) {
      reader.close();
      throw new PictureException(
          clip.toString(), "is no clip that FFmpeg can read; it may be cut off or damaged", e);
    }
    if (!grabber.hasVideo() || grabber.getImageWidth() < 1 || grabber.getImageHeight() < 1) {
      reader.close();
      throw new PictureException(clip.toString(), "has no video; name a clip that has");
    }
    return reader;
  }

  /** Goes to the next frame and tells its time in microseconds; none at the end. */
  OptionalLong next() {
    try {
      Frame next = grabber.grabImage();
      if (next == null) {
        frame = null;
        return OptionalLong.empty();
      }
      frame = (AVFrame) next.opaque;
      return OptionalLong.of(next.timestamp);
    } catch (FFmpegFrameGrabber.Exception e) {
      throw new PictureException(
          clip.toString(),
          "cannot be decoded (%s); it may be damaged".formatted(e.getMessage()),
          e);
    }
  }

  /** The frame that it is at. */
  Picture picture() {
    AVFrame decoded = requireNonNull(frame);
    byte[] bytes = colours.convert(decoded, decoded.width(), decoded.height());
    float[] rgb = new float[bytes.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = bytes[i] & 0xFF;
    }
    Picture picture = Picture.of(decoded.width(), decoded.height(), rgb);
    PictureSize square = square(picture.size());
    return Turn.clockwise(
        PictureResizer.resize(picture, square.width(), square.height()), quarterTurns());
  }

  /** The same, small and grey, in whatever position. */
  byte[] small() {
    return greys.convert(requireNonNull(frame), SMALL_WIDTH, SMALL_HEIGHT);
  }

  /** The size of {@link #picture}. */
  PictureSize size() {
    PictureSize size = square(new PictureSize(grabber.getImageWidth(), grabber.getImageHeight()));
    return quarterTurns() % 2 == 0
        ? size
        : new PictureSize(/* width= */ size.height(), /* height= */ size.width());
  }

  boolean hasAudio() {
    return grabber.hasAudio() && grabber.getAudioChannels() > 0;
  }

  /** Frames a second, on the whole. */
  double rate() {
    return grabber.getVideoFrameRate();
  }

  /** How many frames the file says that it has; 0 if it does not. */
  long stated() {
    for (int i = 0; i < grabber.getFormatContext().nb_streams(); i++) {
      AVStream stream = grabber.getFormatContext().streams(i);
      if (stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
        return stream.nb_frames();
      }
    }
    return 0;
  }

  private PictureSize square(PictureSize stored) {
    double aspect = grabber.getAspectRatio();
    return aspect > 0 && Double.isFinite(aspect)
        ? new PictureSize((int) Math.max(1, Math.round(stored.width() * aspect)), stored.height())
        : stored;
  }

  private int quarterTurns() {
    // FFmpeg counts anticlockwise what has to be done about it.
    return Math.floorMod(Math.round(-grabber.getDisplayRotation() / RIGHT_ANGLE), 4);
  }

  @Override
  public void close() {
    colours.close();
    greys.close();
    try {
      grabber.close();
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException(e); // Nothing is written.
    }
  }
}
