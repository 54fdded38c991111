package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stylegraph.Program;
import io.stylegraph.image.PictureReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as a process of its own: signals, exit codes, and what reaches the screen. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalsIT {
  private static final String OUR_LINE =
      "(model   |recipe  |runs on |step \\d+/\\d+  total |wrote |stylegraph: ).*";
  private static final int FOR_EVER = 1_000_000;
  private static final int SECONDS = 60;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();
  private TestJob job;

  @BeforeEach
  void begin() {
    job = new TestJob(folder);
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void a_signal_during_the_steps_keeps_the_best_picture(String signal) throws Exception {
    Path log = job.file("log.jsonl");
    Process process = start(job.with("--steps", FOR_EVER).with("--log", log));
    await(() -> size(log) > 1000);
    assertThat(job.file("out.png")).doesNotExist();
    send(signal, process);

    assertThat(exitCode(process)).isEqualTo(130);
    assertThat(PictureReader.read(job.file("out.png")).width()).isEqualTo(34);
    assertThat(names()).contains("out.png").noneMatch(name -> name.contains("tmp"));
    String logged = Files.readString(log);
    assertThat(logged).endsWith("}\n");
    List<String> lines = logged.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      assertThat(new ObjectMapper().readTree(lines.get(i)).get("step").asInt()).isEqualTo(i + 1);
    }
    assertThat(err())
        .allMatch(line -> line.matches(OUR_LINE))
        .last()
        .asString()
        .startsWith("wrote " + job.file("out.png") + " after " + lines.size() + " steps");
  }

  @Test
  void a_signal_before_the_first_step_writes_nothing() throws Exception {
    byte[] content = Files.readAllBytes(job.file("content.png"));
    Path pipe = pipe();
    job.with("--log", job.file("log.jsonl")).with("--sheet", job.file("sheet.png"));
    Process process = start(job.with("--content", pipe));
    // Opening the pipe waits until the process reads its content from it.
    try (var toProcess = Files.newOutputStream(pipe)) {
      send("INT", process);
      toProcess.write(content);
    }
    assertThat(exitCode(process)).isEqualTo(130);
    assertThat(err())
        .last()
        .isEqualTo("stylegraph: cancelled before the first step; nothing written");
    assertThat(names())
        .containsExactlyInAnyOrder("content.png", "style.png", "pipe.png", "stdout", "stderr");
  }

  @Test
  void a_second_signal_ends_at_once() throws Exception {
    Path pipe = pipe();
    Process process = start(job.with("--content", pipe));
    OutputStream neverWritten = Files.newOutputStream(pipe);
    send("INT", process);
    while (process.isAlive()) {
      send("TERM", process);
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    neverWritten.close();
    assertThat(exitCode(process)).isEqualTo(130);
    assertThat(job.file("out.png")).doesNotExist();
  }

  @Test
  void nothing_but_our_lines_reaches_the_screen() throws Exception {
    assertThat(exitCode(start(job))).isZero();
    assertThat(err()).hasSizeGreaterThan(4).allMatch(line -> line.matches(OUR_LINE));
    assertThat(job.file("stdout")).isEmptyFile();
    assertThat(job.file("out.png")).isNotEmptyFile();
  }

  @Test
  void bad_input_is_one_line() throws Exception {
    assertThat(exitCode(start(job.with("--style", job.file("absent.png"))))).isEqualTo(2);
    assertThat(err())
        .containsExactly(
            "stylegraph: " + job.file("absent.png") + ": does not exist; check the path");
    assertThat(job.file("stdout")).isEmptyFile();
  }

  @Test
  void a_folder_without_models_says_how_to_make_one() throws Exception {
    assertThat(exitCode(start(job.without("--model")))).isEqualTo(2);
    assertThat(err())
        .containsExactly(
            "stylegraph: savedmodels: has none of vgg19-imagenet, vgg16-hed; export one with"
                + " `make export` or name a folder with --model");
  }

  @Test
  void a_signal_among_reconstructions_keeps_the_panels_so_far() throws Exception {
    job.without("--style").with("--layers", "block1_conv1,block2_conv1,block3_conv1");
    Process process = start("reconstruct", job.with("--steps", 2000));
    await(() -> errHas("panel   conv2_1"));
    assertThat(job.file("out.png")).doesNotExist();
    send("INT", process);
    assertThat(exitCode(process)).isEqualTo(130);
    assertThat(err())
        .last()
        .asString()
        .matches("wrote .*out.png with [12] of 3 panels")
        .startsWith("wrote " + job.file("out.png"));
    assertThat(PictureReader.read(job.file("out.png")).width()).isGreaterThan(800);
    assertThat(names()).noneMatch(name -> name.contains("tmp"));
  }

  private boolean errHas(String text) {
    try {
      return Files.readString(job.file("stderr")).contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  private Process start(TestJob job) throws IOException {
    return start("stylize", job);
  }

  private Process start(String command, TestJob job) throws IOException {
    List<String> line = Program.line();
    line.addAll(job.arguments(command));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    // The tests' own setting would hide what the program forgets to.
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    File out = job.file("stdout").toFile();
    File err = job.file("stderr").toFile();
    Process process = builder.redirectOutput(out).redirectError(err).start();
    started.add(process);
    return process;
  }

  private Path pipe() throws Exception {
    Path pipe = job.file("pipe.png");
    assertThat(exitCode(new ProcessBuilder("mkfifo", pipe.toString()).start())).isZero();
    return pipe;
  }

  private static void send(String signal, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("has ended").isTrue();
    return process.exitValue();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("gives up at").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private List<String> err() throws IOException {
    return Files.readAllLines(job.file("stderr"), StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
