package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.TinyModel;
import io.stylegraph.error.InvalidSettingException;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code stylize --film}, played again by FFmpeg. */
class FilmTest {
  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
    // Noise as in the other tests' pictures is what films cannot show.
    Picture small = TinyModel.picture(5, 4, 1);
    PictureWriter.write(PictureResizer.resize(small, 66, 48), job.file("content.png"));
    job.with("--learning-rate", 2);
  }

  @ParameterizedTest
  @CsvSource({
    "film.gif, 7, 100, 47",
    "film.mp4, 7, 100, 47",
    "film.MP4, 7, 3, 42",
    "f.gif, 1, 1, 41"
  })
  void it_goes_from_the_first_picture_to_the_result(String name, int steps, int most, int expected)
      throws IOException {
    job.with("--film", job.file(name)).with("--film-frames", most).with("--steps", steps);
    assertThat(job.stylized().err()).endsWith("wrote %s%n".formatted(job.file(name)));
    List<Picture> frames = frames(job.file(name));
    assertThat(frames).hasSize(expected);
    assertThat(frames).allMatch(it -> it.width() == 66 && it.height() == 48);
    assertThat(psnr(frames.get(0), picture("content.png"))).isGreaterThan(25);
    assertThat(psnr(frames.get(9), picture("content.png"))).isGreaterThan(25);
    assertThat(psnr(frames.get(expected - 30), picture("out.png"))).isGreaterThan(25);
    assertThat(psnr(frames.get(expected - 1), picture("out.png"))).isGreaterThan(25);
    assertThat(names()).containsExactlyInAnyOrder("content.png", "style.png", "out.png", name);
  }

  @Test
  void it_shows_the_steps_whose_pictures_are_saved_too() throws IOException {
    job.with("--film", job.file("film.mp4")).with("--steps", 7).with("--film-frames", 4);
    job.with("--save-every", 3).stylized();
    List<Picture> frames = frames(job.file("film.mp4"));
    assertThat(frames).hasSize(10 + 3 + 30); // Steps 2, 4 and 6.
    assertThat(names()).contains("out-000003.png", "out-000006.png").hasSize(6);
    assertThat(psnr(frames.get(12), picture("out-000006.png"))).isGreaterThan(25);
    assertThat(psnr(frames.get(10), picture("out-000006.png")))
        .isLessThan(psnr(frames.get(12), picture("out-000006.png")));
  }

  @Test
  void smaller_scales_are_shown_at_full_size() throws IOException {
    job.with("--film", job.file("film.mp4"));
    CliRun run = job.stylize("--set", "scales=[{\"size\":0.5,\"steps\":2}]");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(frames(job.file("film.mp4"))).hasSize(10 + 5 + 30);
  }

  @Test
  void a_gif_plays_for_ever_in_colours_of_its_own() throws IOException {
    job.with("--film", job.file("film.gif")).stylized();
    String bytes = Files.readString(job.file("film.gif"), StandardCharsets.ISO_8859_1);
    assertThat(bytes).startsWith("GIF89a").contains("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000");
  }

  @Test
  void an_mp4_plays_while_it_loads_and_has_even_sides() throws IOException {
    Picture odd = PictureResizer.resize(picture("content.png"), 67, 49);
    PictureWriter.write(odd, job.file("content.png"));
    job.with("--film", job.file("film.mp4")).stylized();
    String bytes = Files.readString(job.file("film.mp4"), StandardCharsets.ISO_8859_1);
    assertThat(bytes.indexOf("moov")).isLessThan(bytes.indexOf("mdat"));
    assertThat(bytes).contains("avc1");
    Picture first = frames(job.file("film.mp4")).get(0);
    assertThat(List.of(first.width(), first.height())).containsExactly(66, 48);
    assertThat(psnr(first, cut(odd, 66, 48))).isGreaterThan(25);
  }

  @Test
  void a_film_that_is_there_is_replaced_only_by_a_whole_one() throws IOException {
    Files.writeString(job.file("film.gif"), "an earlier film");
    job.with("--film", job.file("film.gif")).with("--style-weight", "1e38");
    assertThat(job.stylize().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(job.file("film.gif")).hasContent("an earlier film");
    assertThat(names()).containsExactlyInAnyOrder("content.png", "style.png", "film.gif");
    job.without("--style-weight").stylized();
    assertThat(frames(job.file("film.gif"))).hasSize(43);
  }

  @ParameterizedTest
  @ValueSource(strings = {"film.gif", "film.mp4"})
  void what_is_not_ended_leaves_nothing(String name) throws IOException {
    try (Film film = Film.begin(job.file(name), picture("content.png"))) {
      film.add(picture("content.png"));
      assertThat(names()).hasSizeGreaterThan(2).doesNotContain(name);
    }
    assertThat(names()).containsExactlyInAnyOrder("content.png", "style.png");
  }

  @Test
  void large_pictures_are_made_smaller_and_tiny_ones_refused() throws IOException {
    Picture large = PictureResizer.resize(picture("content.png"), 1124, 100);
    StringWriter said = new StringWriter();
    try (Film film = Film.begin(job.file("film.gif"), large)) {
      film.end(large, new PrintWriter(said, true));
    }
    Picture last = frames(job.file("film.gif")).get(39);
    assertThat(List.of(last.width(), last.height())).containsExactly(1024, 91);
    assertThat(said.toString()).startsWith("wrote " + job.file("film.gif"));
    Picture tiny = PictureResizer.resize(large, 40, 15);
    assertThatThrownBy(() -> Film.begin(job.file("tiny.gif"), tiny))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("needs pictures of at least 16x16 pixels; this one has 40x15");
  }

  @ParameterizedTest
  @ValueSource(strings = {"film.avi", "film", "gif", "film.gif.png"})
  void other_endings_are_refused(String name) {
    job.with("--film", job.file(name)).refused("film (", name + ")", "use one of .gif, .mp4");
  }

  @Test
  void what_cannot_be_filmed_is_refused_before_the_run() {
    job.with("--film", folder.resolve("absent/film.gif"));
    job.refused("film (", "cannot be written; name a file in a writable folder");
    job.with("--film", job.file("film.gif")).with("--film-frames", 0);
    job.refused("filmFrames (0) must be from 1 to 10000");
    job.with("--film-frames", 9).with("--log", job.file("film.gif"));
    job.refused("film.gif) is the same file as the log; name another");
  }

  private Picture picture(String name) {
    return PictureReader.read(job.file(name));
  }

  private static List<Picture> frames(Path film) throws IOException {
    List<Picture> frames = new ArrayList<>();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(film.toFile())) {
      grabber.start();
      assertThat(grabber.getVideoFrameRate()).isEqualTo(Film.FRAME_RATE);
      for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
        frames.add(picture(frame));
      }
    }
    return frames;
  }

  /** Of BGR. */
  private static Picture picture(Frame frame) {
    ByteBuffer bytes = (ByteBuffer) frame.image[0];
    float[] rgb = new float[frame.imageHeight * frame.imageWidth * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % frame.imageWidth;
      int y = i / 3 / frame.imageWidth;
      rgb[i] = bytes.get(y * frame.imageStride + 3 * x + 2 - i % 3) & 0xFF;
    }
    return Picture.of(frame.imageWidth, frame.imageHeight, rgb);
  }

  private static Picture cut(Picture picture, int width, int height) {
    return Picture.from(picture.toBufferedImage().getSubimage(0, 0, width, height));
  }

  /** Peak signal to noise in decibels. */
  private static double psnr(Picture one, Picture other) {
    float[] a = one.rgb();
    float[] b = other.rgb();
    assertThat(a).hasSameSizeAs(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return 10 * Math.log10(255 * 255 * a.length / sum);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
