package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.Program;
import io.stylegraph.film.Clip;
import io.stylegraph.progress.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar's films, killed and interrupted: the frames are the same, and nothing is torn. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilmIT {
  private static final int FRAMES = 12;
  private static final int KILLS = 4;

  @TempDir private Path wholeFolder;
  @TempDir private Path folder;
  private final Random random = new Random(5);
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void a_film_that_is_killed_again_and_again_has_the_same_frames() throws Exception {
    TestJob whole = job(wholeFolder);
    assertThat(start(whole).waitFor()).as("of the film left alone").isZero();
    TestJob job = job(folder);
    // Matroska gives each file a number of its own.
    Files.copy(whole.file("clip.mkv"), job.file("clip.mkv"), StandardCopyOption.REPLACE_EXISTING);
    Path frames = job.file("frames");
    for (int kill = 0; kill < KILLS; kill++) {
      int before = count(frames);
      Process process = start(job);
      while (count(frames) <= before && process.isAlive()) {
        Thread.sleep(10);
      }
      Thread.sleep(random.nextInt(100));
      assertThat(process.isAlive()).as("still runs before kill %d", kill).isTrue();
      process.destroyForcibly().waitFor();
      assertThat(job.file("film.mp4")).doesNotExist();
    }
    assertThat(start(job).waitFor()).as("of the film that goes on to its end").isZero();
    assertThat(names(frames)).hasSize(FRAMES).noneMatch(it -> it.endsWith(".tmp"));
    for (String name : names(frames)) {
      assertThat(frames.resolve(name)).hasSameBinaryContentAs(whole.file("frames").resolve(name));
    }
    assertThat(job.file("film.mp4")).hasSameBinaryContentAs(whole.file("film.mp4"));
    assertThat(names(folder))
        .containsExactlyInAnyOrder("clip.mkv", "style.png", "film.mp4", "frames", "err.txt");
  }

  @Test
  void a_signal_keeps_what_is_painted_and_the_same_command_goes_on() throws Exception {
    TestJob job = job(folder).without("--keep-frames");
    Path frames = job.file("film.mp4.frames");
    Process process = start(job);
    while (count(frames) < 2 && process.isAlive()) {
      Thread.sleep(10);
    }
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    assertThat(process.waitFor()).isEqualTo(130);
    int painted = count(frames);
    assertThat(Files.readAllLines(job.file("err.txt")))
        .last()
        .isEqualTo(
            "stylegraph: cancelled; %d of %d frames are painted and kept in %s; run the same"
                    .formatted(painted, FRAMES, frames)
                + " command again to go on");
    assertThat(job.file("film.mp4")).doesNotExist();
    assertThat(start(job).waitFor()).isZero();
    assertThat(Clip.read(job.file("film.mp4"), false, new CancellationToken()).frames())
        .isEqualTo(FRAMES);
    assertThat(names(folder))
        .containsExactlyInAnyOrder("clip.mkv", "style.png", "film.mp4", "err.txt");
  }

  /** On one thread, where sums have one order. */
  private static TestJob job(Path folder) throws IOException {
    TestJob job = new TestJob(folder).without("--output");
    Files.delete(job.file("content.png"));
    FilmCommandTest.clip(job.file("clip.mkv"), FRAMES, 48, 36);
    return job.with("--content", job.file("clip.mkv"))
        .with("--out", job.file("film.mp4"))
        .with("--keep-frames", job.file("frames"))
        .with("--steps", 30)
        .with("--frame-steps", 30)
        .with("--precision", "fp32")
        .with("--device", "cpu");
  }

  private Process start(TestJob job) throws IOException {
    List<String> line = Program.brief();
    line.addAll(job.arguments("film"));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(job.file("err.txt").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static int count(Path frames) throws IOException {
    return (int) names(frames).stream().filter(it -> it.endsWith(".png")).count();
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }
}
