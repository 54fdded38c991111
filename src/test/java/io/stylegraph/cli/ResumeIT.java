package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.Program;
import io.stylegraph.engine.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar, killed again and again at random moments: the picture is the same, and nothing torn. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResumeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KILLS = 20;
  private static final int STEPS = 2000 + 1000 + 1000;

  @TempDir private Path wholeFolder;
  @TempDir private Path folder;
  private final Random random = new Random(7);
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void a_run_that_is_killed_twenty_times_makes_the_same_picture_bit_by_bit() throws Exception {
    TestJob whole = job(wholeFolder);
    assertThat(start(whole).waitFor()).as("of the run left alone").isZero();

    TestJob job = job(folder).with("--checkpoint-every", 50);
    Path checkpoint = job.file("out.png.checkpoint");
    int reached = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(job);
      // Half of them whenever it happens, half once it is known to go on.
      if (kill % 2 == 0) {
        Thread.sleep(random.nextInt(2500));
      } else {
        awaitStep(process, reached + 1, checkpoint);
        Thread.sleep(random.nextInt(150));
      }
      assertThat(process.isAlive()).as("still runs before kill %d", kill).isTrue();
      process.destroyForcibly().waitFor();
      assertThat(job.file("out.png")).doesNotExist();
      int step = step(checkpoint);
      assertThat(step).isGreaterThanOrEqualTo(reached);
      reached = step;
      if (step > 0) {
        job.with("--resume", checkpoint);
      }
      assertThat(names().filter(name -> name.endsWith(".tmp")).count()).isLessThanOrEqualTo(1);
    }
    assertThat(reached).isBetween(10 * 50, STEPS - 1);
    assertThat(start(job).waitFor()).as("of the run that goes on to its end").isZero();
    assertThat(job.file("out.png")).hasSameBinaryContentAs(whole.file("out.png"));
    assertThat(lines(job)).isEqualTo(lines(whole)).hasSize(STEPS);
    assertThat(names())
        .containsExactlyInAnyOrder("content.png", "style.png", "out.png", "log.jsonl", "err.txt");
  }

  /** On one thread, where sums have one order. */
  private static TestJob job(Path folder) {
    TestJob job = new TestJob(folder);
    return job.with("--steps", 2000)
        .with("--precision", "fp32")
        .with("--device", "cpu")
        .with("--log", job.file("log.jsonl"));
  }

  private Process start(TestJob job) throws IOException {
    List<String> line = Program.brief();
    line.addAll(job.arguments("stylize"));
    // 17, 24 and 34 pixels of the longer side.
    for (String part :
        List.of(
            "keep=average",
            "pyramid.smallest=17",
            "pyramid.ratio=1.4142135623730951",
            "pyramid.laterShare=0.5")) {
      line.addAll(List.of("--set", part));
    }
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(job.file("err.txt").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static void awaitStep(Process process, int step, Path checkpoint) throws Exception {
    while (step(checkpoint) < step && process.isAlive()) {
      Thread.sleep(10);
    }
  }

  /** That of the checkpoint, which must be whole; 0 without one. */
  private static int step(Path checkpoint) {
    return Files.exists(checkpoint) ? Checkpoint.read(checkpoint).step() : 0;
  }

  /** The whole lines of the log, without the seconds, which are no two runs'. */
  private static List<JsonNode> lines(TestJob job) throws IOException {
    Path log = job.file("log.jsonl");
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(log)) {
      String text = Files.readString(log);
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        ObjectNode step = (ObjectNode) JSON.readTree(line);
        step.remove("seconds");
        lines.add(step);
      }
    }
    return lines;
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList().stream();
    }
  }
}
