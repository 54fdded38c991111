package io.stylegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stylegraph.Program;
import io.stylegraph.TinyModel;
import io.stylegraph.image.PictureReader;
import io.stylegraph.image.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar's batches as processes that are killed and cancelled. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int JOBS = 8;
  private static final int KILLS = 4;

  @TempDir private Path folder;
  private Path contents;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    contents = Files.createDirectory(folder.resolve("contents"));
    for (int i = 0; i < JOBS; i++) {
      PictureWriter.write(TinyModel.picture(34, 32, i), contents.resolve(i + ".png"));
    }
    PictureWriter.write(TinyModel.picture(40, 33, 99), folder.resolve("style.png"));
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void a_batch_that_is_killed_again_and_again_ends_as_one_left_alone() throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(start(whole, 600).waitFor()).isZero();

    Path out = folder.resolve("out");
    long done = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(out, 600);
      awaitOutcomes(process, out, done + 1);
      assertThat(process.isAlive()).as("still runs before kill %d", kill).isTrue();
      process.destroyForcibly().waitFor();
      done = outcomes(out);
      assertThat(pictures(out)).allSatisfy((name, hash) -> assertThat(hash).isNotZero());
    }
    assertThat(done).isLessThan(JOBS);
    assertThat(start(out, 600).waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("stderr"))).contains(done + " there already");
    assertThat(pictures(out)).hasSize(JOBS).isEqualTo(pictures(whole));
    assertThat(names(out)).isEqualTo(names(whole)).hasSize(3 * JOBS + 1);
    for (int i = 0; i < JOBS; i++) {
      assertThat(lasting(out, i)).isEqualTo(lasting(whole, i));
    }
  }

  @Test
  void a_signal_keeps_what_is_done_and_tells_so() throws Exception {
    Path out = folder.resolve("out");
    Process process = start(out, 2000);
    awaitOutcomes(process, out, 2);
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    assertThat(process.waitFor()).isEqualTo(130);
    long done = outcomes(out);
    assertThat(done).isBetween(2L, JOBS - 1L);
    assertThat(pictures(out)).hasSize((int) done);
    assertThat(names(out)).hasSize(3 * (int) done + 1).noneMatch(it -> it.endsWith(".tmp"));
    List<String> table = Files.readAllLines(out.resolve("outcomes.csv"));
    assertThat(table).hasSize(1 + JOBS);
    assertThat(table.stream().filter(it -> it.contains(",done,")).count()).isEqualTo(done);
    assertThat(table.stream().filter(it -> it.contains(",cancelled,")).count())
        .isEqualTo(JOBS - done);
    assertThat(Files.readString(folder.resolve("stderr")))
        .endsWith("outcomes.csv: %d done, %d cancelled%n".formatted(done, JOBS - done));
  }

  /** On one thread, where sums have one order. */
  private Process start(Path out, int steps) throws IOException {
    List<String> line = Program.brief();
    line.addAll(List.of("batch", "--jobs", contents.toString(), "--out", out.toString()));
    line.addAll(List.of("--style", folder.resolve("style.png").toString()));
    line.addAll(List.of("--model", TinyModel.folder().toString(), "--steps", "" + steps));
    line.addAll(List.of("--precision", "fp32", "--device", "cpu", "--max-jobs", "2"));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("stderr").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static void awaitOutcomes(Process process, Path out, long number) throws Exception {
    while (outcomes(out) < number && process.isAlive()) {
      Thread.sleep(5);
    }
  }

  private static long outcomes(Path out) throws IOException {
    return names(out).stream().filter(it -> it.endsWith(".json")).count();
  }

  /** Each picture, which must be whole, with a hash of its samples. */
  private static Map<String, Integer> pictures(Path out) throws IOException {
    Map<String, Integer> hashes = new TreeMap<>();
    for (String name : names(out)) {
      if (name.endsWith(".png")) {
        float[] rgb = PictureReader.read(out.resolve(name)).rgb();
        hashes.put(name, Arrays.hashCode(rgb));
      }
    }
    return hashes;
  }

  /** An outcome without the seconds, which are no two runs'. */
  private static ObjectNode lasting(Path out, int job) throws IOException {
    ObjectNode outcome = (ObjectNode) JSON.readTree(Files.readAllBytes(out.resolve(job + ".json")));
    outcome.remove("seconds");
    return outcome;
  }

  private static List<String> names(Path out) throws IOException {
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(out)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }
}
