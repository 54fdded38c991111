package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.TinyModel;
import io.stylegraph.film.Clip;
import io.stylegraph.film.FrameFile;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.progress.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code film} as a user types it, with the tiny model. */
class FilmCommandTest {
  @TempDir private Path folder;
  private TestJob job;

  @BeforeEach
  void begin() throws IOException {
    job = new TestJob(folder).without("--output");
    Files.delete(job.file("content.png"));
    clip(job.file("clip.mkv"), 5, 48, 36);
    job.with("--content", job.file("clip.mkv")).with("--out", job.file("film.mp4"));
    job.with("--frame-steps", 2);
  }

  @Test
  void a_clip_becomes_a_film_and_nothing_else_is_left() throws IOException {
    CliRun run = job.run("film");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("film    5 frames of 48x36 at 25.00 a second, 1 shot, without sound; 2 steps")
        .contains("frame 5/5  ")
        .endsWith("wrote %s, 5 frames%n".formatted(job.file("film.mp4")));
    Clip film = Clip.read(job.file("film.mp4"), false, new CancellationToken());
    assertThat(film.frames()).isEqualTo(5);
    assertThat(film.size().toString()).isEqualTo("PictureSize[width=48, height=36]");
    assertThat(names()).containsExactlyInAnyOrder("clip.mkv", "style.png", "film.mp4");
  }

  @Test
  void frames_that_are_kept_are_taken_up_by_the_next_film() throws IOException {
    job.with("--keep-frames", job.file("frames")).with("--size", 32);
    assertThat(job.run("film").exitCode()).isZero();
    Path third = job.file("frames").resolve("frame-000003.png");
    byte[] before = Files.readAllBytes(third);
    Files.delete(third);
    CliRun run = job.with("--out", job.file("film.webm")).run("film");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readAllBytes(third)).isEqualTo(before);
    Clip film = Clip.read(job.file("film.webm"), false, new CancellationToken());
    assertThat(film.size().toString()).isEqualTo("PictureSize[width=32, height=24]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"film.gif", "film.avi", "film", "mp4"})
  void other_endings_are_refused(String name) {
    job.with("--out", job.file(name));
    job.refusedBy(
        "film", "out (", name + ") has no ending of a film", "use one of .mp4, .mov, .mkv, .webm");
  }

  @ParameterizedTest
  @CsvSource({
    "--frame-steps, 0, frameSteps (0) must be from 1 to 1000000",
    "--temporal-weight, -1, 'temporalWeight (-1.0) must be zero or more, and finite'",
    "--temporal-weight, NaN, 'temporalWeight (NaN) must be zero or more, and finite'",
    "--max-jobs, 0, max-jobs (0) must be from 1 to 64",
    "--tile, 512, tile (512) is not for films",
    "--shots, on, 'shots (on) is unknown; choose one of: auto, off'",
    "--size, 15, 'needs frames of at least 16x16 pixels, and they are 15x11'"
  })
  void bad_settings_are_refused(String option, String value, String message) {
    job.with(option, value).refusedBy("film", message);
  }

  @Test
  void a_clip_that_cannot_be_read_is_refused() throws IOException {
    job.with("--content", job.file("absent.mp4"));
    job.refusedBy("film", "absent.mp4: is no file that can be read; check the path");
    Files.writeString(job.file("broken.mp4"), "broken");
    job.with("--content", job.file("broken.mp4"));
    job.refusedBy("film", "broken.mp4: is no clip that FFmpeg can read");
    job.without("--content").refusedBy("film", "Missing required option: '--content=FILE'");
  }

  @Test
  void a_film_that_could_not_be_written_is_refused_before_anything_is_painted() throws IOException {
    job.with("--out", folder.resolve("absent/film.mp4"));
    job.refusedBy("film", "out (", "cannot be written; name a file in a writable folder");
    job.with("--out", job.file("clip.mkv"));
    job.refusedBy("film", "clip.mkv", "which would be lost; name another output");
    Files.createFile(job.file("file"));
    job.with("--out", job.file("film.mp4")).with("--keep-frames", job.file("file"));
    job.refusedBy(
        "film", "keepFrames (", "file) cannot be a folder that takes files; name another folder");
    job.with("--keep-frames", job.file("file").resolve("deeper"));
    job.refusedBy("film", "deeper) cannot be a folder that takes files");
  }

  /** A smooth picture that moves by a pixel a frame, without loss. */
  static void clip(Path file, int frames, int width, int height) throws IOException {
    Picture wide = PictureResizer.resize(TinyModel.picture(8, 6, 4), width + frames, height);
    try (FrameFile made =
        new FrameFile(file, "matroska", "ffv1", avutil.AV_PIX_FMT_BGR0, width, height, 25)) {
      made.begin();
      for (int i = 0; i < frames; i++) {
        made.add(wide.toBufferedImage().getSubimage(i, 0, width, height), 1);
      }
      made.end();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
