package io.stylegraph.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stylegraph.TinyModel;
import io.stylegraph.error.PictureException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureSize;
import io.stylegraph.progress.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clips read and films written. */
class ClipTest {
  private static final int WIDTH = 68;
  private static final int HEIGHT = 50;

  @TempDir private Path folder;

  @Test
  void a_clip_without_loss_is_read_to_the_last_bit() throws IOException {
    List<Picture> frames = frames(1, 7);
    Path file = DrawnClip.silent(folder.resolve("clip.mkv"), frames);
    Clip clip = Clip.read(file, true, new CancellationToken());
    assertThat(clip.size()).isEqualTo(new PictureSize(WIDTH, HEIGHT));
    assertThat(clip.frames()).isEqualTo(7);
    assertThat(clip.times().asList())
        .containsExactly(0L, 40000L, 80000L, 120000L, 160000L, 200000L, 240000L);
    assertThat(clip.audio()).isFalse();
    assertThat(clip.shots().asList()).containsExactly(0);
    assertThat(clip.rate()).isEqualTo(25);
    try (ClipReader reader = ClipReader.open(file)) {
      for (Picture frame : frames) {
        assertThat(reader.next()).isPresent();
        assertThat(reader.picture().rgb()).isEqualTo(frame.rgb());
      }
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void a_cut_begins_a_shot_and_a_flash_does_not_end_one() throws IOException {
    List<Picture> all = new ArrayList<>(frames(1, 8));
    all.addAll(frames(2, 9));
    all.set(12, flat(255));
    Path file = DrawnClip.silent(folder.resolve("clip.mkv"), all);
    assertThat(Clip.read(file, true, new CancellationToken()).shots().asList())
        .containsExactly(0, 8);
    Clip uncut = Clip.read(file, false, new CancellationToken());
    assertThat(uncut.shots().asList()).containsExactly(0);
    assertThat(uncut.frames(0)).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, aac, film.mp4, aac",
    "mp4, aac, film.mov, aac",
    "mp4, aac, film.mkv, aac",
    "mp4, aac, film.webm, opus",
    "matroska, flac, film.mkv, flac",
    "matroska, pcm_s16le, film.mp4, pcm_s16le"
  })
  void a_film_has_the_clips_times_and_sound(
      String format, String sound, String name, String expected) throws IOException {
    List<Integer> times = List.of(0, 40, 80, 170, 185, 305, 306, 400);
    Path file = DrawnClip.sounding(folder.resolve("clip"), format, sound, frames(1, 8), times);
    Clip clip = Clip.read(file, true, new CancellationToken());
    assertThat(clip.audio()).isTrue();
    assertThat(milliseconds(clip)).isEqualTo(times);
    Path painted = Files.createDirectory(folder.resolve("frames"));
    List<Picture> made =
        frames(3, 8).stream().map(it -> PictureResizer.resize(it, WIDTH - 1, HEIGHT - 1)).toList();
    FilmShot shot = new FilmShot("k", file.toString(), 0, 8, "", 1, 1, painted.toString());
    for (int i = 0; i < 8; i++) {
      new PaintedFrames(shot).write(i, made.get(i));
    }
    Path film = folder.resolve(name);
    ClipWriter.write(film, clip, painted);
    Clip written = Clip.read(film, false, new CancellationToken());
    assertThat(written.size()).isEqualTo(new PictureSize(WIDTH - 2, HEIGHT - 2));
    assertThat(written.audio()).isTrue();
    List<Integer> shown = milliseconds(written);
    for (int i = 0; i < times.size(); i++) {
      assertThat(shown.get(i)).isCloseTo(times.get(i), within(1));
    }
    assertThat(codec(film)).isEqualTo(expected);
    try (ClipReader reader = ClipReader.open(film)) {
      assertThat(reader.next()).isPresent();
      assertThat(distance(reader.picture(), made.get(0))).isLessThan(6);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("clip", "frames", name);
    }
    FilmShots.deleteFrames(clip, painted);
    assertThat(painted).doesNotExist();
  }

  @Test
  void frames_are_turned_as_players_turn_them() {
    Picture picture = TinyModel.picture(3, 2, 1);
    Picture turned = Turn.clockwise(picture, 1);
    assertThat(turned.size()).isEqualTo(new PictureSize(2, 3));
    // Bottom left comes to the top left, top left to the top right.
    assertThat(turned.rgb()[0]).isEqualTo(picture.rgb()[3 * 3]);
    assertThat(turned.rgb()[3]).isEqualTo(picture.rgb()[0]);
    assertThat(Turn.clockwise(picture, 4).rgb()).isEqualTo(picture.rgb());
  }

  @Test
  void what_is_no_clip_is_refused() throws IOException {
    Path file = folder.resolve("clip.mp4");
    refused(file, "is no file that can be read");
    Files.writeString(file, "no clip at all");
    refused(file, "is no clip that FFmpeg can read");
    byte[] whole =
        Files.readAllBytes(
            DrawnClip.sounding(
                folder.resolve("whole.mp4"),
                "mp4",
                "aac",
                frames(1, 8),
                IntStream.range(0, 8).map(i -> 40 * i).boxed().toList()));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refused(file, "is no clip that FFmpeg can read; it may be cut off or damaged");
    Files.write(file, new byte[0]);
    refused(file, "is no clip that FFmpeg can read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"matroska", "avi"})
  void a_clip_of_no_frames_is_refused(String format) throws IOException {
    Path whole = DrawnClip.silent(folder.resolve("whole.mkv"), frames(1, 3));
    Path empty = folder.resolve("empty");
    try (MediaInput input = new MediaInput(whole, avutil.AVMEDIA_TYPE_VIDEO);
        MediaOutput output = new MediaOutput(empty, format)) {
      output.add(input.stream());
      output.begin();
      output.end();
    }
    refused(empty, "damaged");
  }

  @Test
  void a_clip_of_sound_alone_is_refused() throws IOException {
    List<Integer> times = List.of(0, 40, 80);
    Path whole = DrawnClip.sounding(folder.resolve("whole"), "mp4", "aac", frames(1, 3), times);
    Path sound = folder.resolve("sound.m4a");
    try (MediaInput input = new MediaInput(whole, avutil.AVMEDIA_TYPE_AUDIO);
        MediaOutput output = new MediaOutput(sound, "mp4")) {
      int stream = output.add(input.stream());
      output.begin();
      for (AVPacket packet = input.next(); packet != null; packet = input.next()) {
        output.write(packet, stream, input.stream().time_base());
      }
      output.end();
    }
    refused(sound, "has no video; name a clip that has");
  }

  private void refused(Path file, String problem) {
    assertThatThrownBy(() -> Clip.read(file, true, new CancellationToken()))
        .isInstanceOf(PictureException.class)
        .hasMessageContainingAll(file.toString(), problem);
  }

  private static List<Integer> milliseconds(Clip clip) {
    return clip.times().asList().stream()
        .map(it -> (int) Math.round((it - clip.times().get(0)) / 1000.0))
        .toList();
  }

  private static String codec(Path film) throws IOException {
    try (MediaInput sound = new MediaInput(film, avutil.AVMEDIA_TYPE_AUDIO)) {
      return avcodec.avcodec_get_name(sound.stream().codecpar().codec_id()).getString();
    }
  }

  /** A smooth picture that moves, of whole numbers. */
  private static List<Picture> frames(long seed, int count) {
    Picture wide = PictureResizer.resize(TinyModel.picture(8, 6, seed), WIDTH + count, HEIGHT);
    return IntStream.range(0, count)
        .mapToObj(i -> Picture.from(wide.toBufferedImage().getSubimage(i, 0, WIDTH, HEIGHT)))
        .toList();
  }

  private static Picture flat(float value) {
    float[] rgb = new float[3 * WIDTH * HEIGHT];
    Arrays.fill(rgb, value);
    return Picture.of(WIDTH, HEIGHT, rgb);
  }

  /** Of the part that both have. */
  private static double distance(Picture cut, Picture whole) {
    double sum = 0;
    for (int y = 0; y < cut.height(); y++) {
      for (int x = 0; x < 3 * cut.width(); x++) {
        sum +=
            Math.abs(cut.rgb()[3 * y * cut.width() + x] - whole.rgb()[3 * y * whole.width() + x]);
      }
    }
    return sum / (3 * cut.width() * cut.height());
  }
}
