package io.stylegraph.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.Program;
import io.stylegraph.TinyModel;
import io.stylegraph.film.FrameFile;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureResizer;
import io.stylegraph.image.PictureWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A film of two shots on a Spark, of which executors are lost. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparkFilmIT {
  private static final int FRAMES = 5;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();
  private String[] settings = {};

  @BeforeAll
  static void requireSpark() {
    SparkBatchIT.requireSpark();
  }

  @BeforeEach
  void begin() throws IOException {
    PictureWriter.write(TinyModel.picture(40, 33, 2), folder.resolve("style.png"));
    clip(folder.resolve("clip.mkv"));
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void its_frames_are_those_of_a_film_without_spark() throws Exception {
    assertThat(exitCode(film("plain", 30, 10))).isZero();
    assertThat(exitCode(film("spark", 30, 10, "--master", "local[2]"))).isZero();
    assertThat(said()).last().asString().endsWith("spark.mp4, 10 frames");
    assertThat(said()).anyMatch(it -> it.startsWith("frame 10/10  total "));
    assertThat(names("spark")).hasSize(2 * FRAMES).isEqualTo(names("plain"));
    for (String name : names("plain")) {
      assertThat(folder.resolve("spark").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("plain").resolve(name));
    }
  }

  @Test
  void a_shot_whose_executor_is_lost_goes_on_from_its_last_frame() throws Exception {
    try (StandaloneCluster cluster =
        new StandaloneCluster(SparkBatchIT.SPARK, folder.resolve("cluster"), 2)) {
      Process film = film("frames", 30, 400, "--master", cluster.url());
      Path first = folder.resolve("frames/frame-000001.png");
      Path third = folder.resolve("frames/frame-000003.png");
      Waiting.until("some are painted", () -> Files.exists(third) ? true : null);
      FileTime painted = Files.getLastModifiedTime(first);
      List<ProcessHandle> executors = new ArrayList<>(cluster.executors(0));
      executors.addAll(cluster.executors(1));
      executors.forEach(ProcessHandle::destroyForcibly);
      assertThat(exitCode(film)).isZero();
      assertThat(Files.getLastModifiedTime(first)).isEqualTo(painted);
    }
    assertThat(names("frames")).hasSize(2 * FRAMES);
    assertThat(folder.resolve("frames.mp4")).isNotEmptyFile();
  }

  @Test
  void a_shot_whose_executors_die_is_given_up_and_the_other_is_done() throws Exception {
    try (StandaloneCluster cluster =
        new StandaloneCluster(SparkBatchIT.SPARK, folder.resolve("cluster"), 1)) {
      settings = new String[] {"spark.task.maxFailures 2"};
      Process film = film("frames", 30, 10, "--master", cluster.url());
      Waiting.until("it begins", () -> cluster.begun(0) > 0 ? true : null);
      cluster.executors(0).forEach(ProcessHandle::destroyForcibly);
      assertThat(exitCode(film)).isEqualTo(1);
    }
    assertThat(said())
        .last()
        .asString()
        .startsWith("stylegraph: 1 of 2 shots are not whole; frames 1 to 5 on 127.0.0.1: its");
    assertThat(names("frames")).hasSize(FRAMES).contains("frame-000006.png", "frame-000010.png");
  }

  private Process film(String name, int steps, int frameSteps, String... more) throws IOException {
    List<String> line = Program.line();
    line.addAll(
        List.of(
            "film",
            "--content",
            "clip.mkv",
            "--style",
            "style.png",
            "--model",
            TinyModel.folder().toString(),
            "--out",
            name + ".mp4",
            "--keep-frames",
            name,
            "--steps",
            String.valueOf(steps),
            "--frame-steps",
            String.valueOf(frameSteps),
            "--precision",
            "fp32",
            "--device",
            "cpu"));
    line.addAll(Arrays.asList(more));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    StandaloneCluster.surround(builder, folder.resolve("conf"), settings);
    // Where sums have one order.
    builder.environment().put("TF_NUM_INTRAOP_THREADS", "1");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    started.add(builder.start());
    return started.get(started.size() - 1);
  }

  private static int exitCode(Process process) throws Exception {
    Waiting.until("the film has ended", () -> process.isAlive() ? null : true);
    return process.exitValue();
  }

  private List<String> said() throws IOException {
    return Files.readAllLines(folder.resolve("said"));
  }

  private List<String> names(String frames) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(frames))) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  /** A smooth picture that moves by a pixel a frame, and after a cut another one. */
  private static void clip(Path file) throws IOException {
    try (FrameFile made =
        new FrameFile(file, "matroska", "ffv1", avutil.AV_PIX_FMT_BGR0, 48, 36, 25)) {
      made.begin();
      for (int i = 0; i < 2 * FRAMES; i++) {
        made.add(shown(i / FRAMES).getSubimage(i % FRAMES, 0, 48, 36), 1);
      }
      made.end();
    }
  }

  private static BufferedImage shown(int shot) {
    Picture wide = PictureResizer.resize(TinyModel.picture(8, 6, 4), 48 + FRAMES, 36);
    float[] rgb = wide.rgb();
    for (int i = 0; shot > 0 && i < rgb.length; i++) {
      rgb[i] = 255 - rgb[i];
    }
    return Picture.of(wide.width(), wide.height(), rgb).toBufferedImage();
  }
}
