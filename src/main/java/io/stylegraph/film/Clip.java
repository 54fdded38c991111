package io.stylegraph.film;

import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import io.stylegraph.error.PictureException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureSize;
import io.stylegraph.progress.CancellationToken;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a clip is, found by decoding all of it once.
 *
 * @param file where it is
 * @param size of its frames as shown
 * @param times when each frame is shown, in microseconds, growing
 * @param rate frames a second, on the whole
 * @param shots the first frame of each shot, counted from 0; of the first shot too
 * @param audio whether it has sound
 * @param stated how many frames its file says that it has; 0 if it does not
 */
public record Clip(
    Path file,
    PictureSize size,
    ImmutableLongArray times,
    double rate,
    ImmutableIntArray shots,
    boolean audio,
    long stated) {
  private static final double MICROSECONDS = 1e6;

  /**
   * Decodes a clip.
   *
   * @param cuts whether shots are told apart
   * @param cancellation ends it early; what it then tells is of what was read
   * @throws PictureException if it cannot be read, or has no frame
   */
  public static Clip read(Path file, boolean cuts, CancellationToken cancellation) {
    ImmutableLongArray.Builder times = ImmutableLongArray.builder();
    ImmutableIntArray.Builder shots = ImmutableIntArray.builder();
    ShotCuts shotCuts = new ShotCuts();
    try (ClipReader reader = ClipReader.open(file)) {
      int frames = 0;
      long last = 0;
      OptionalLong time = reader.next();
      while (time.isPresent() && !cancellation.isCancelled()) {
        // Raw streams have no times, and damaged ones times that go back.
        boolean grows = frames == 0 || time.getAsLong() > last;
        last = grows ? time.getAsLong() : last + Math.round(MICROSECONDS / reader.rate());
        times.add(last);
        if (cuts ? shotCuts.begins(reader.small()) : frames == 0) {
          shots.add(frames);
        }
        frames++;
        time = reader.next();
      }
      if (frames == 0 && !cancellation.isCancelled()) {
        throw new PictureException(
            file.toString(), "has no frame that can be decoded; it may be cut off or damaged");
      }
      return new Clip(
          file,
          reader.size(),
          times.build(),
          reader.rate(),
          shots.build(),
          reader.hasAudio(),
          reader.stated());
    }
  }

  /** Its first frame. */
  public Picture firstFrame() {
    try (ClipReader reader = ClipReader.open(file)) {
      reader.next();
      return reader.picture();
    }
  }

  /** How many frames there are. */
  public int frames() {
    return times.length();
  }

  /** How many of them a shot has. */
  int frames(int shot) {
    int end = shot + 1 < shots.length() ? shots.get(shot + 1) : frames();
    return end - shots.get(shot);
  }
}
